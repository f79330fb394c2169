// row: ⟨dW̄, W̄⟩, row by row.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < FAN; j = j + 256u) {
		sum = sum + g[i * FAN + j] * w[i * FAN + j] * inv[0];
	}
	sum = total(sum, t);
	if (t == 0u) {
		dots[i] = sum;
	}
}
