// each: maps (OH, OW) with maps (IH, IW) in their middle, VALUE around them; BY is FAR and the width of the frame.
fn each(i: u32) {
	let p = i % (OH * OW);
	let y = p / OW + FAR - BY;
	let x = p % OW + FAR - BY;
	if (y < IH && x < IW) {
		dst[i] = src[(i / (OH * OW) * IH + y) * IW + x];
	} else {
		dst[i] = VALUE;
	}
}
