// means is the mean of a sum of a and one of x̂·a, over a row.
fn means(a: f32, dot: f32, t: u32) -> vec2<f32> {
	let first = total(a, t);
	return vec2<f32>(first, total(dot, t)) / f32(SIZE);
}
