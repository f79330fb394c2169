// row: map c of dx, and its parameters' gradients.
fn row(c: u32, t: u32) {
	var shifts = 0.0;
	var scales = 0.0;
	for (var p = 0u; p < PARTS; p = p + 1u) {
		let m = stats[p * 2u * ROWS + c];
		let inv = stats[(p * 2u + 1u) * ROWS + c];
		var sum = 0.0;
		var dot = 0.0;
		for (var j = t; j < EACH; j = j + 256u) {
			let i = place(p, c, j);
			let d = g(i);
			sum = sum + d;
			dot = dot + d * (x[i] - m) * inv;
		}
		sum = total(sum, t);
		dot = total(dot, t);
		shifts = shifts + sum;
		scales = scales + dot;
		var about = 0.0;
		var along = 0.0;
		if (MEASURE) {
			about = sum / f32(EACH);
			along = dot / f32(EACH);
		}
		for (var j = t; j < EACH; j = j + 256u) {
			let i = place(p, c, j);
			dx[i] = gamma[c] * inv * (g(i) - about - (x[i] - m) * inv * along);
		}
	}
	if (LEARN && t == 0u) {
		dgamma[c] = select(0.0, dgamma[c], ADD) + scales;
		dbeta[c] = select(0.0, dbeta[c], ADD) + shifts;
	}
}

fn place(p: u32, c: u32, j: u32) -> u32 {
	return ((p * (EACH / AREA) + j / AREA) * ROWS + c) * AREA + j % AREA;
}
