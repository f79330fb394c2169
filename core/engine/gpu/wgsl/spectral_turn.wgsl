// each: Wᵀu.
fn each(i: u32) {
	var sum = 0.0;
	for (var j = 0u; j < OUT; j = j + 1u) {
		sum = sum + w[j * FAN + i] * u[j];
	}
	turned[i] = sum;
}
