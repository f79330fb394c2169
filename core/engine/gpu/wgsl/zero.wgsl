fn each(i: u32) { x[i] = 0.0; }
