// each: value i of the table learns from all samples with its label, those of each part by themselves.
fn each(i: u32) {
	var all = 0.0;
	for (var p = 0u; p < PARTS; p = p + 1u) {
		var sum = 0.0;
		for (var j = p * EACH; j < (p + 1u) * EACH; j = j + 1u) {
			if (labels[j] == i / SIZE) {
				sum = sum + dy[j] * x[j * SIZE + i % SIZE];
			}
		}
		all = all + sum;
	}
	learn(i, all);
}
