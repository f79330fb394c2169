// each: values are zero or KEPT times as large.
fn each(i: u32) {
	dst[i] = select(0.0, src[i] * KEPT, keeps(i));
}
