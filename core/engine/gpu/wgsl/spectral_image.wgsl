// row: W·v.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = t; j < FAN; j = j + 256u) {
		sum = sum + w[i * FAN + j] * v[j];
	}
	sum = total(sum, t);
	if (t == 0u) {
		image[i] = sum;
	}
}
