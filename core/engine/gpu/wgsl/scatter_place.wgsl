// place is where the image's pixel lies; 4294967295 where there is none.
fn place(m: u32, n: u32, z: u32) -> u32 {
	let p = n % (HJ * WJ);
	let y = z / ST + p / WJ * ST;
	let x = z % ST + p % WJ * ST;
	if (y >= IH || x >= IW) {
		return 4294967295u;
	}
	return ((n / (HJ * WJ) * IC + m) * IH + y) * IW + x;
}
