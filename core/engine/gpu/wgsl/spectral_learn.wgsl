fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < OUT; j = j + 256u) {
		sum = sum + dots[j];
	}
	let along = total(sum, t);
	for (var j = t; j < FAN; j = j + 256u) {
		let k = i * FAN + j;
		learned[k] = select(0.0, learned[k], ADD) + inv[0] * (g[k] - along * pu[i] * pv[j]);
	}
}
