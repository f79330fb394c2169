fn found(i: u32, c: u32, k: u32) -> f32 { return x[i * SIZE + c * AREA + k]; }

fn row(i: u32, t: u32) {
	var level = share(i, 2u) * mean(i, t);
	if (BRIGHT) {
		level = level + share(i, 3u);
	}
	for (var j = t; j < SIZE; j = j + 256u) {
		let px = i32(j % AREA % IW);
		let py = i32(j % AREA / IW);
		let sx = px - way(i, 4u);
		let sy = py - way(i, 5u);
		var v = FILL;
		if (!dark(i, px, py) && sx >= 0 && sy >= 0 && sx < i32(IW) && sy < i32(IH)) {
			v = lit(i, j / AREA, u32(sy) * IW + u32(sx), level);
		}
		y[i * SIZE + j] = v;
	}
}
