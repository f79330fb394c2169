// row: y = ⟨E[label], x⟩.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < SIZE; j = j + 256u) {
		sum = sum + w(labels[i] * SIZE + j) * x[i * SIZE + j];
	}
	sum = total(sum, t);
	if (t == 0u) {
		y[i] = sum;
	}
}
