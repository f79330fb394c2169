// image (IC, pixels of all samples) = what W (MC, IC, KS, KS) lays down at each stop. z is the pixels whose row and column leave that
// remainder by ST, which the same taps reach, TS in each direction.
fn a(m: u32, k: u32, z: u32) -> f32 {
	let t = k % (TS * TS);
	let ky = (z / ST + PD) % ST + t / TS * ST;
	let kx = (z % ST + PD) % ST + t % TS * ST;
	if (ky >= KS || kx >= KS) {
		return 0.0;
	}
	return w(((k / (TS * TS) * IC + m) * KS + ky) * KS + kx);
}

fn b(k: u32, n: u32, z: u32) -> f32 {
	let p = n % (HJ * WJ);
	let t = k % (TS * TS);
	let y = z / ST + p / WJ * ST + PD;
	let x = z % ST + p % WJ * ST + PD;
	let ky = y % ST + t / TS * ST;
	let kx = x % ST + t % TS * ST;
	if (ky > y || kx > x) {
		return 0.0;
	}
	let my = (y - ky) / ST;
	let mx = (x - kx) / ST;
	if (my >= MH || mx >= MW) {
		return 0.0;
	}
	return g(((n / (HJ * WJ) * MC + k / (TS * TS)) * MH + my) * MW + mx);
}
