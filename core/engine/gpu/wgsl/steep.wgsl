// row: v = c′(‖g‖)·g/(OVER·‖g‖), and the row's share of the mean of c(‖g‖).
fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		let x = g[i * SIZE + j];
		sum = sum + x * x;
	}
	let norm = sqrt(total(sum, t) + 1e-30);
	let weight = args[0];
	var value = 0.5 * weight * norm * norm;
	var slope = weight * norm;
	if (TO_ONE) {
		value = weight * (norm - 1.0) * (norm - 1.0);
		slope = 2.0 * weight * (norm - 1.0);
	}
	let scale = slope / (f32(OVER) * norm);
	for (var j = t; j < SIZE; j = j + 256u) {
		v[i * SIZE + j] = scale * g[i * SIZE + j];
	}
	if (t == 0u) {
		shares[i] = value / f32(OVER);
	}
}
