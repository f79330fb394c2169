// row: map c of y, of each part with its own statistics.
fn row(c: u32, t: u32) {
	for (var p = 0u; p < PARTS; p = p + 1u) {
		let at = p * 2u * ROWS + c;
		var m = mean[c];
		var inv = 1.0 / sqrt(variance[c] + EPS);
		if (HELD) {
			m = stats[at];
			inv = stats[at + ROWS];
		}
		if (MEASURE) {
			var sum = 0.0;
			for (var j = t; j < EACH; j = j + 256u) {
				sum = sum + x[place(p, c, j)];
			}
			m = total(sum, t) / f32(EACH);
			sum = 0.0;
			for (var j = t; j < EACH; j = j + 256u) {
				let d = x[place(p, c, j)] - m;
				sum = sum + d * d;
			}
			let squares = total(sum, t);
			inv = 1.0 / sqrt(squares / f32(EACH) + EPS);
			if (TRAIN && t == 0u) {
				mean[c] = mean[c] + MOMENTUM * (m - mean[c]);
				variance[c] = variance[c] + MOMENTUM * (squares / f32(max(1u, EACH - 1u)) - variance[c]);
				if (c == 0u) {
					seen[0] = seen[0] + 1.0;
				}
			}
		}
		if (t == 0u) {
			stats[at] = m;
			stats[at + ROWS] = inv;
		}
		for (var j = t; j < EACH; j = j + 256u) {
			let i = place(p, c, j);
			let v = gamma[c] * ((x[i] - m) * inv) + beta[c];
			y[i] = select(LEAK * v, v, v > 0.0);
		}
	}
}

// place is where value j of part p's map c lies.
fn place(p: u32, c: u32, j: u32) -> u32 {
	return ((p * (EACH / AREA) + j / AREA) * ROWS + c) * AREA + j % AREA;
}
