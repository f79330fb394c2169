// row: y = γ·x̂ + β.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		sum = sum + x[i * SIZE + j];
	}
	let mean = total(sum, t) / f32(SIZE);
	sum = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		let d = x[i * SIZE + j] - mean;
		sum = sum + d * d;
	}
	let s = 1.0 / sqrt(total(sum, t) / f32(SIZE) + EPS);
	if (t == 0u) {
		inv[i] = s;
	}
	for (var j = t; j < SIZE; j = j + 256u) {
		let h = (x[i * SIZE + j] - mean) * s;
		hat[i * SIZE + j] = h;
		y[i * SIZE + j] = gamma[j] * h + beta[j];
	}
}
