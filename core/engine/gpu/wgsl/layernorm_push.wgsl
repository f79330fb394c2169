// row: x̂'s tangent, y's, and σ̇/σ.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	var dot = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		sum = sum + dx[i * SIZE + j];
		dot = dot + dx[i * SIZE + j] * hat[i * SIZE + j];
	}
	let m = means(sum, dot, t);
	if (t == 0u) {
		rate[i] = m.y * inv[i];
	}
	for (var j = t; j < SIZE; j = j + 256u) {
		let h = (dx[i * SIZE + j] - m.x - hat[i * SIZE + j] * m.y) * inv[i];
		th[i * SIZE + j] = h;
		ty[i * SIZE + j] = gamma[j] * h;
	}
}
