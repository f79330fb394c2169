// each: values are zero or KEPT times as large; which, a hash of their number says, as on the CPU.
fn each(i: u32) {
	let part = i / PART;
	var h = ((i % PART) * 0x9E3779B1u) ^ (args[2u * part] ^ LOW);
	h = h ^ (h >> 16u);
	h = h * 0x7FEB352Du;
	h = h ^ (h >> 15u) ^ (args[2u * part + 1u] ^ HIGH);
	h = h * 0x846CA68Bu;
	h = h ^ (h >> 16u);
	dst[i] = select(0.0, src[i] * KEPT, (h >> 8u) >= BELOW);
}
