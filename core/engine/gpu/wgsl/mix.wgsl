fn each(i: u32) {
	let share = eps[i / COLS];
	y[i] = share * a[i] + (1.0 - share) * b[i];
}
