fn a(m: u32, k: u32, z: u32) -> f32 { return g(k * M + m); }
fn b(k: u32, n: u32, z: u32) -> f32 {
	var v = 1.0;
	if (n < IN) {
		v = x[k * IN + n];
	}
	return v;
}
