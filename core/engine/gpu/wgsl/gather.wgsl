// maps (MC, pixels of all samples) = W (MC, IC·KS·KS) times what the kernel sees at each stop.
fn a(m: u32, k: u32, z: u32) -> f32 { return w(m * K + k); }
fn b(k: u32, n: u32, z: u32) -> f32 { return g_at(n, k); }

// g_at is what tap k of the kernel sees of the image at stop n.
fn g_at(n: u32, k: u32) -> f32 {
	let p = n % (MH * MW);
	let t = k % (KS * KS);
	let y = i32(p / MW * ST + t / KS) - i32(PD);
	let x = i32(p % MW * ST + t % KS) - i32(PD);
	if (y < 0 || x < 0 || y >= i32(IH) || x >= i32(IW)) {
		return 0.0;
	}
	return g(((n / (MH * MW) * IC + k / (KS * KS)) * IH + u32(y)) * IW + u32(x));
}
