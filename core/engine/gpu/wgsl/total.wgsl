var<workgroup> partial: array<f32, 256>;

// total is the sum of v over the workgroup's threads.
fn total(v: f32, t: u32) -> f32 {
	workgroupBarrier();
	partial[t] = v;
	workgroupBarrier();
	for (var s = 128u; s > 0u; s = s >> 1u) {
		if (t < s) {
			partial[t] = partial[t] + partial[t + s];
		}
		workgroupBarrier();
	}
	return partial[0];
}
