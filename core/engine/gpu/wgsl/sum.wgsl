// row: y = Σ x.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		sum = sum + x[i * SIZE + j];
	}
	let all = total(sum, t);
	if (t == 0u) {
		y[i] = all;
	}
}
