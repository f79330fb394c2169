// row: one of ROWS sums of squares.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	for (var j = i * 256u + t; j < SIZE; j = j + ROWS * 256u) {
		sum = sum + x[j] * x[j];
	}
	sum = total(sum, t);
	if (t == 0u) {
		sums[i] = sum;
	}
}
