fn each(i: u32) {
	let row = i / SIZE;
	let j = i % SIZE;
	let part = row / EACH;
	let f = part * SIZE + j;
	let d = x[i] - stats[f];
	let s = stats[ALL + f];
	let bend = (dt[i] - stats[2u * ALL + f] - d * stats[3u * ALL + f] / s) / s;
	px[i] = handed(row, j, part, d, s) + slope[part] / f32(EACH * SIZE) * bend;
}
