// keeps reports whether dropout leaves value i as it is but for its size; a hash of its number says so, as on the CPU.
fn keeps(i: u32) -> bool {
	let part = i / PART;
	var h = ((i % PART) * 0x9E3779B1u) ^ (args[2u * part] ^ LOW);
	h = h ^ (h >> 16u);
	h = h * 0x7FEB352Du;
	h = h ^ (h >> 15u) ^ (args[2u * part + 1u] ^ HIGH);
	h = h * 0x846CA68Bu;
	h = h ^ (h >> 16u);
	return (h >> 8u) >= BELOW;
}
