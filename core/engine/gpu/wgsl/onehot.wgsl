// each: rows of IN values with their label as planes behind them.
fn each(i: u32) {
	let row = i / OUT;
	let j = i % OUT;
	if (j < IN) {
		dst[i] = src[row * IN + j];
	} else {
		dst[i] = select(0.0, HOT, (j - IN) / PLANE == labels[row]);
	}
}
