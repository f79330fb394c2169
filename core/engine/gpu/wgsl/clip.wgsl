// row: what brings the gradient down to a norm of MOST.
fn row(i: u32, t: u32) {
	var sum = 0.0;
	if (t < PARTS) {
		sum = sums[t];
	}
	let norm = sqrt(total(sum, t));
	if (t == 0u) {
		factor[0] = min(1.0, MOST / (norm + 1e-6));
	}
}
