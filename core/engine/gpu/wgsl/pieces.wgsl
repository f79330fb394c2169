// each adds up one result's pieces, those of each part by themselves.
fn each(i: u32) {
	var all = 0.0;
	for (var p = 0u; p < PIECES; p = p + MORE) {
		var v = 0.0;
		for (var z = p; z < p + MORE; z = z + 1u) {
			v = v + sums[z * COUNT + i];
		}
		all = all + v;
	}
	put(i / N, i % N, 0u, all);
}
