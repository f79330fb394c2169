// row: b[c] += the sum of channel c over all samples, those of each part by themselves.
fn row(i: u32, t: u32) {
	var all = 0.0;
	for (var p = 0u; p < PARTS; p = p + 1u) {
		var sum = 0.0;
		for (var j = t; j < EACH * AREA; j = j + 256u) {
			sum = sum + g(((p * EACH + j / AREA) * ROWS + i) * AREA + j % AREA);
		}
		all = all + total(sum, t);
	}
	if (t == 0u) {
		biases[i] = select(0.0, biases[i], ADD) + all;
	}
}
