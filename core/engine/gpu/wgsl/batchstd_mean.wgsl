fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		sum = sum + stats[AT + i * SIZE + j];
	}
	sum = total(sum, t);
	if (t == 0u) {
		to[i] = sum / f32(SIZE);
	}
}
