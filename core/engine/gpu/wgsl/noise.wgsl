// each: values with normal numbers added, Box and Muller's transform of the halves of a 64-bit hash of their number, as on the CPU.
fn each(i: u32) {
	let part = i / PART;
	let seed = vec2<u32>(args[2u * part] ^ LOW, args[2u * part + 1u] ^ HIGH);
	var h = add64(seed, mul64(vec2<u32>(i % PART + 1u, 0u), vec2<u32>(0x7F4A7C15u, 0x9E3779B9u)));
	h = mul64(right64(h, 30u), vec2<u32>(0x1CE4E5B9u, 0xBF58476Du));
	h = mul64(right64(h, 27u), vec2<u32>(0x133111EBu, 0x94D049BBu));
	h = right64(h, 31u);
	let u = (f32(h.y) + 0.5) * 2.3283064365386963e-10;
	let v = f32(h.x) * 2.3283064365386963e-10;
	dst[i] = src[i] + STD * sqrt(max(0.0, -2.0 * log(u))) * cos(6.283185307179586 * v);
}

// Numbers of 64 bits are two words, the lower first.
fn add64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
	let low = a.x + b.x;
	return vec2<u32>(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn mul64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
	let ll = (a.x & 0xFFFFu) * (b.x & 0xFFFFu);
	let lh = (a.x & 0xFFFFu) * (b.x >> 16u);
	let hl = (a.x >> 16u) * (b.x & 0xFFFFu);
	let middle = (ll >> 16u) + (lh & 0xFFFFu) + (hl & 0xFFFFu);
	let high = (a.x >> 16u) * (b.x >> 16u) + (lh >> 16u) + (hl >> 16u) + (middle >> 16u);
	return vec2<u32>((ll & 0xFFFFu) | (middle << 16u), high + a.x * b.y + a.y * b.x);
}

// right64 is a with itself moved right by n bits, fewer than 32, taken out.
fn right64(a: vec2<u32>, n: u32) -> vec2<u32> {
	return vec2<u32>(a.x ^ ((a.x >> n) | (a.y << (32u - n))), a.y ^ (a.y >> n));
}
