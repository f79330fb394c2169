// each: the first IN values of each row of OUT.
fn each(i: u32) {
	dst[i] = src[i / IN * OUT + i % IN];
}
