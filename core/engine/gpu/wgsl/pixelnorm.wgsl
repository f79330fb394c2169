// each: pixel i of all maps.
fn each(i: u32) {
	let first = i / AREA * MAPS * AREA + i % AREA;
	var sum = 0.0;
	for (var c = 0u; c < MAPS; c = c + 1u) {
		let v = x[first + c * AREA];
		sum = sum + v * v;
	}
	let s = 1.0 / sqrt(sum / f32(MAPS) + EPS);
	inv[i] = s;
	for (var c = 0u; c < MAPS; c = c + 1u) {
		y[first + c * AREA] = x[first + c * AREA] * s;
	}
}
