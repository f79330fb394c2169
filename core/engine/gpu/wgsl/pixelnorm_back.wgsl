// each: pixel i of all maps.
fn each(i: u32) {
	let first = i / AREA * MAPS * AREA + i % AREA;
	var dot = 0.0;
	for (var c = 0u; c < MAPS; c = c + 1u) {
		dot = dot + dy[first + c * AREA] * y[first + c * AREA];
	}
	for (var c = 0u; c < MAPS; c = c + 1u) {
		let k = first + c * AREA;
		dx[k] = inv[i] * (dy[k] - y[k] * dot / f32(MAPS));
	}
}
