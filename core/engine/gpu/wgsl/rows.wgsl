@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
	let i = group.x + group.y * WIDE;
	if (i < ROWS) {
		row(i, t);
	}
}
