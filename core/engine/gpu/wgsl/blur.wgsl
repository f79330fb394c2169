// each: maps (H, W) with [1 2 1]/4 along rows and columns, edges repeated.
fn each(i: u32) {
	let x = i % W;
	let y = i / W % H;
	let left = i - select(0u, 1u, x > 0u);
	let right = i + select(0u, 1u, x + 1u < W);
	let up = select(0u, W, y > 0u);
	let down = select(0u, W, y + 1u < H);
	let above = src[left - up] + 2.0 * src[i - up] + src[right - up];
	let here = src[left] + 2.0 * src[i] + src[right];
	let below = src[left + down] + 2.0 * src[i + down] + src[right + down];
	dst[i] = (above + 2.0 * here + below) * 0.0625;
}
