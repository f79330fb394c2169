// row: with MOVE v becomes Wᵀu and u W·v, each scaled to length 1; then σ = uᵀ·W·v, and u and v are kept as they are.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	var scale = 1.0;
	if (MOVE) {
		for (var j = t; j < FAN; j = j + 256u) {
			sum = sum + turned[j] * turned[j];
		}
		scale = 1.0 / max(sqrt(total(sum, t)), 1e-12);
		sum = 0.0;
		for (var j = t; j < OUT; j = j + 256u) {
			sum = sum + image[j] * scale * image[j] * scale;
		}
		let long = 1.0 / max(sqrt(total(sum, t)), 1e-12);
		for (var j = t; j < FAN; j = j + 256u) {
			v[j] = turned[j] * scale;
		}
		for (var j = t; j < OUT; j = j + 256u) {
			u[j] = image[j] * scale * long;
		}
	}
	sum = 0.0;
	for (var j = t; j < OUT; j = j + 256u) {
		sum = sum + u[j] * image[j] * scale;
		pu[j] = u[j];
	}
	for (var j = t; j < FAN; j = j + 256u) {
		pv[j] = v[j];
	}
	sum = total(sum, t);
	if (t == 0u) {
		inv[0] = 1.0 / sum;
	}
}
