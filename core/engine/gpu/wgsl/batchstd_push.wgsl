// each: the mean of a feature's tangent, and how its deviation moves.
fn each(i: u32) {
	let first = i / SIZE * EACH * SIZE + i % SIZE;
	var sum = 0.0;
	for (var j = 0u; j < EACH; j = j + 1u) {
		sum = sum + dt[first + j * SIZE];
	}
	let mean = sum / f32(EACH);
	sum = 0.0;
	for (var j = 0u; j < EACH; j = j + 1u) {
		sum = sum + (x[first + j * SIZE] - stats[i]) * (dt[first + j * SIZE] - mean);
	}
	stats[2u * ALL + i] = mean;
	stats[3u * ALL + i] = sum / f32(EACH) / stats[ALL + i];
}
