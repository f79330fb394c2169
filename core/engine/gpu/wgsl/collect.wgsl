// each: the sum of a square of SCALE × SCALE values, of which SW lie side by side.
fn each(i: u32) {
	let w = SW * SCALE;
	let first = i / SW * SCALE * w + i % SW * SCALE;
	var sum = 0.0;
	for (var y = 0u; y < SCALE; y = y + 1u) {
		for (var x = 0u; x < SCALE; x = x + 1u) {
			sum = sum + src[first + y * w + x];
		}
	}
	dst[i] = FACTOR * sum;
}
