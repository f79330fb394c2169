fn each(i: u32) {
	let row = i / SIZE;
	let j = i % SIZE;
	let f = row / EACH * SIZE + j;
	dx[i] = dy[row * (SIZE + AREA) + j] + slope[row / EACH] / f32(EACH * SIZE) * (x[i] - stats[f]) / stats[ALL + f];
}
