fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < EACH * AREA; j = j + 256u) {
		sum = sum + dy[(i * EACH + j / AREA) * (SIZE + AREA) + SIZE + j % AREA];
	}
	sum = total(sum, t);
	if (t == 0u) {
		slope[i] = sum;
	}
}
