// log1p of e from 0 to 1: log(1 + e) is 2·artanh(e/(2 + e)), whose series keeps the digits of small e.
fn log1p(e: f32) -> f32 {
	let s = e / (2.0 + e);
	let z = s * s;
	return 2.0 * s * (1.0 + z * (1.0 / 3.0 + z * (0.2 + z * (1.0 / 7.0 + z * (1.0 / 9.0 + z * (1.0 / 11.0 + z / 13.0))))));
}

fn sigmoid(x: f32) -> f32 {
	let e = exp(-abs(x));
	return select(e, 1.0, x > 0.0) / (1.0 + e);
}

// side is 1 for scores above 0, 0 for those below, and half for 0 itself.
fn side(x: f32) -> f32 {
	return select(select(0.0, 0.5, x == 0.0), 1.0, x > 0.0);
}
