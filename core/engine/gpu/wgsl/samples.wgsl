// each: a value of the samples that rows names, from bytes that lie four to a word.
fn each(i: u32) {
	let at = rows[i / SIZE] * SIZE + i % SIZE;
	y[i] = levels[(pixels[at / 4u] >> (at % 4u * 8u)) & 255u];
}
