fn a(m: u32, k: u32, z: u32) -> f32 { return x[m * K + k]; }
fn b(k: u32, n: u32, z: u32) -> f32 { return w(n * K + k); }
