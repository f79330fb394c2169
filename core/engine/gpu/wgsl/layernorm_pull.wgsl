// row: ∂S/∂x = −σ̇/σ·P g/σ − (x̂̇·mean(x̂·g) + x̂·mean(x̂̇·g))/σ with g = γ·dy, and with MORE P(γ·py)/σ.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	var dot = 0.0;
	var moved = 0.0;
	var more = 0.0;
	var along = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		let k = i * SIZE + j;
		let g = gamma[j] * dy[k];
		sum = sum + g;
		dot = dot + g * hat[k];
		moved = moved + g * th[k];
		if (MORE) {
			let p = gamma[j] * py[k];
			more = more + p;
			along = along + p * hat[k];
		}
	}
	let m = means(sum, dot, t);
	let n = means(moved, 0.0, t);
	let q = means(more, along, t);
	for (var j = t; j < SIZE; j = j + 256u) {
		let k = i * SIZE + j;
		let p = (gamma[j] * dy[k] - m.x - hat[k] * m.y) * inv[i];
		var v = -rate[i] * p - (th[k] * m.y + hat[k] * n.x) * inv[i];
		if (MORE) {
			v = v + (gamma[j] * py[k] - q.x - hat[k] * q.y) * inv[i];
		}
		px[k] = v;
	}
}
