// each: m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; w ← w − rate·m / (√v·root + ε).
fn each(i: u32) {
	let x = g[i];
	let first = KEEP * m[i] + REST * x;
	let second = args[2] * v[i] + args[3] * x * x;
	m[i] = first;
	v[i] = second;
	w[i] = w[i] - args[0] * first / (sqrt(second) * args[1] + EPS);
}
