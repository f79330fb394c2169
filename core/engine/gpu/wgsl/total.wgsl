var<workgroup> lanes: array<f32, 256>;

// total is the sum of v over the workgroup's threads.
fn total(v: f32, t: u32) -> f32 {
	workgroupBarrier();
	lanes[t] = v;
	workgroupBarrier();
	for (var s = 128u; s > 0u; s = s >> 1u) {
		if (t < s) {
			lanes[t] = lanes[t] + lanes[t + s];
		}
		workgroupBarrier();
	}
	return lanes[0];
}
