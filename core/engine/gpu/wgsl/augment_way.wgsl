// Way k of row i.
fn way(i: u32, k: u32) -> i32 { return bitcast<i32>(ways[i * 10u + k]); }
fn share(i: u32, k: u32) -> f32 { return bitcast<f32>(ways[i * 10u + k]); }

// dark reports whether nothing comes to pixel (px, py) of the result of row i: it was cut out.
fn dark(i: u32, px: i32, py: i32) -> bool {
	return px >= way(i, 6u) && px < way(i, 7u) && py >= way(i, 8u) && py < way(i, 9u);
}

// mean is that of row i over its lit channels.
fn mean(i: u32, t: u32) -> f32 {
	var sum = 0.0;
	for (var j = t; j < LIT * AREA; j = j + 256u) {
		sum = sum + found(i, j / AREA, j % AREA);
	}
	return total(sum, t) / f32(LIT * AREA);
}

// lit is pixel k of channel c of row i in the way's light.
fn lit(i: u32, c: u32, k: u32, level: f32) -> f32 {
	var v = found(i, c, k);
	if (c < LIT) {
		v = share(i, 0u) * v + level;
		if (share(i, 1u) != 0.0) {
			var shade = 0.0;
			for (var d = 0u; d < LIT; d = d + 1u) {
				shade = shade + found(i, d, k);
			}
			v = v + share(i, 1u) * shade / f32(LIT);
		}
	}
	return v;
}
