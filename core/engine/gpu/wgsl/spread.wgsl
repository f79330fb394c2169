// each: every value of maps SW wide SCALE times in both directions.
fn each(i: u32) {
	let w = SW * SCALE;
	dst[i] = FACTOR * src[i / (w * SCALE) * SW + i % w / SCALE];
}
