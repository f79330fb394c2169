// dW (MC, IC·KS·KS) = maps (MC, stops of all samples) times what the kernel sees there, and a column of ones.
fn a(m: u32, k: u32, z: u32) -> f32 {
	return maps((k / (MH * MW) * MC + m) * (MH * MW) + k % (MH * MW));
}

fn b(k: u32, n: u32, z: u32) -> f32 {
	if (n >= IC * KS * KS) {
		return 1.0;
	}
	let p = k % (MH * MW);
	let t = n % (KS * KS);
	let y = i32(p / MW * ST + t / KS) - i32(PD);
	let x = i32(p % MW * ST + t % KS) - i32(PD);
	if (y < 0 || x < 0 || y >= i32(IH) || x >= i32(IW)) {
		return 0.0;
	}
	return image(((k / (MH * MW) * IC + n / (KS * KS)) * IH + u32(y)) * IW + u32(x));
}
