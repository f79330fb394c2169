// row: dx = P(γ·dy)/σ.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	var dot = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		let g = gamma[j] * dy[i * SIZE + j];
		sum = sum + g;
		dot = dot + g * hat[i * SIZE + j];
	}
	let m = means(sum, dot, t);
	for (var j = t; j < SIZE; j = j + 256u) {
		dx[i * SIZE + j] = (gamma[j] * dy[i * SIZE + j] - m.x - hat[i * SIZE + j] * m.y) * inv[i];
	}
}
