// each: the adjoint of pad.
fn each(i: u32) {
	let p = i % (IH * IW);
	let y = p / IW + BY - FAR;
	let x = p % IW + BY - FAR;
	if (y < OH && x < OW) {
		dst[i] = src[(i / (IH * IW) * OH + y) * OW + x];
	} else {
		dst[i] = 0.0;
	}
}
