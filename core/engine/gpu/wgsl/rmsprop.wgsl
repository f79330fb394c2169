// each: m ← αm + (1−α)g²; w ← w − rate·g / (√m + ε).
fn each(i: u32) {
	let x = g[i];
	let square = args[2] * m[i] + args[3] * x * x;
	m[i] = square;
	w[i] = w[i] - args[0] * x / (sqrt(square) + EPS);
}
