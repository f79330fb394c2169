fn each(i: u32) {
	let row = i / (SIZE + AREA);
	let j = i % (SIZE + AREA);
	if (j < SIZE) {
		y[i] = x[row * SIZE + j];
	} else {
		y[i] = s[row / EACH];
	}
}
