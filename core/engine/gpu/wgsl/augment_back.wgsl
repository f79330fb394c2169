// row: the adjoint of the way's linear part, in which light is its own.
fn row(i: u32, t: u32) {
	let level = share(i, 2u) * mean(i, t);
	for (var j = t; j < SIZE; j = j + 256u) {
		y[i * SIZE + j] = lit(i, j / AREA, j % AREA, level);
	}
}

// found is the gradient at where pixel k of channel c of row i went, 0 where that is nowhere.
fn found(i: u32, c: u32, k: u32) -> f32 {
	let px = i32(k % IW) + way(i, 4u);
	let py = i32(k / IW) + way(i, 5u);
	var v = 0.0;
	if (px >= 0 && py >= 0 && px < i32(IW) && py < i32(IH) && !dark(i, px, py)) {
		v = x[i * SIZE + c * AREA + u32(py) * IW + u32(px)];
	}
	return v;
}
