// each: feature i's gradients, those of each part by themselves.
fn each(i: u32) {
	var scales = 0.0;
	var shifts = 0.0;
	for (var p = 0u; p < PARTS; p = p + 1u) {
		var scale = 0.0;
		var shift = 0.0;
		for (var j = p * EACH; j < (p + 1u) * EACH; j = j + 1u) {
			scale = scale + d[j * COUNT + i] * hat[j * COUNT + i];
			shift = shift + d[j * COUNT + i];
		}
		scales = scales + scale;
		shifts = shifts + shift;
	}
	dgamma[i] = select(0.0, dgamma[i], ADD) + scales;
	if (SHIFTED) {
		dbeta[i] = select(0.0, dbeta[i], ADD) + shifts;
	}
}
