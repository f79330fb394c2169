// each: m ← µm + g; w ← w − rate·m.
fn each(i: u32) {
	let b = KEEP * m[i] + g[i];
	m[i] = b;
	w[i] = w[i] - args[0] * b;
}
