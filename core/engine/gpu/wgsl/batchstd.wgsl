// each: mean and deviation of a feature over its part's rows.
fn each(i: u32) {
	let first = i / SIZE * EACH * SIZE + i % SIZE;
	var sum = 0.0;
	for (var j = 0u; j < EACH; j = j + 1u) {
		sum = sum + x[first + j * SIZE];
	}
	let mean = sum / f32(EACH);
	sum = 0.0;
	for (var j = 0u; j < EACH; j = j + 1u) {
		let d = x[first + j * SIZE] - mean;
		sum = sum + d * d;
	}
	stats[i] = mean;
	stats[ALL + i] = sqrt(sum / f32(EACH) + EPS);
}
