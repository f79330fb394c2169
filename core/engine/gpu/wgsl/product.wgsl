// The product of an (M, K) and a (K, N) matrix, whose values fn a(m, k, z) and fn b(k, n, z) find, and whose results fn put(m, n, z, v)
// takes. A workgroup makes a tile of 32 × 32 results, each of its 8 × 8 threads 4 × 4 of them, from 16 columns and rows at a time
// that all share. K is PIECES of at most LENGTH, MORE of
// them to each REACH, and each is added up by itself; where SPLIT, a workgroup makes one of them.
const TILE = 32u;
const DEEP = 16u;
var<workgroup> left: array<f32, 512>; // (DEEP, TILE)
var<workgroup> right: array<f32, 512>; // (DEEP, TILE)

@compute @workgroup_size(8, 8)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
	let m0 = group.y * TILE;
	let n0 = group.x * TILE;
	let t = l.y * 8u + l.x;
	var z = group.z;
	var begin = 0u;
	var last = PIECES;
	if (SPLIT) {
		z = 0u;
		begin = group.z;
		last = group.z + 1u;
	}
	var all0 = vec4<f32>();
	var all1 = vec4<f32>();
	var all2 = vec4<f32>();
	var all3 = vec4<f32>();
	for (var piece = begin; piece < last; piece = piece + 1u) {
		let start = piece / MORE * REACH + piece % MORE * LENGTH;
		let stop = min(start + LENGTH, (piece / MORE + 1u) * REACH);
		var sum0 = vec4<f32>();
		var sum1 = vec4<f32>();
		var sum2 = vec4<f32>();
		var sum3 = vec4<f32>();
		for (var k0 = start; k0 < stop; k0 = k0 + DEEP) {
			for (var i = t; i < 512u; i = i + 64u) {
				var m = i % TILE;
				var k = i / TILE;
				if (A_DEEP) {
					m = i / DEEP;
					k = i % DEEP;
				}
				var v = 0.0;
				if (m0 + m < M && k0 + k < stop) {
					v = a(m0 + m, k0 + k, z);
				}
				left[k * TILE + m] = v;
				var n = i % TILE;
				k = i / TILE;
				if (B_DEEP) {
					n = i / DEEP;
					k = i % DEEP;
				}
				v = 0.0;
				if (n0 + n < N && k0 + k < stop) {
					v = b(k0 + k, n0 + n, z);
				}
				right[k * TILE + n] = v;
			}
			workgroupBarrier();
			let deep = min(DEEP, stop - k0);
			for (var k = 0u; k < deep; k = k + 4u) { // there are zeros behind the last
				let r0 = (k + 0u) * TILE + l.x;
				let c0 = (k + 0u) * TILE + l.y * 4u;
				let v0 = vec4<f32>(right[r0], right[r0 + 8u], right[r0 + 16u], right[r0 + 24u]);
				sum0 = sum0 + left[c0] * v0;
				sum1 = sum1 + left[c0 + 1u] * v0;
				sum2 = sum2 + left[c0 + 2u] * v0;
				sum3 = sum3 + left[c0 + 3u] * v0;
				let r1 = (k + 1u) * TILE + l.x;
				let c1 = (k + 1u) * TILE + l.y * 4u;
				let v1 = vec4<f32>(right[r1], right[r1 + 8u], right[r1 + 16u], right[r1 + 24u]);
				sum0 = sum0 + left[c1] * v1;
				sum1 = sum1 + left[c1 + 1u] * v1;
				sum2 = sum2 + left[c1 + 2u] * v1;
				sum3 = sum3 + left[c1 + 3u] * v1;
				let r2 = (k + 2u) * TILE + l.x;
				let c2 = (k + 2u) * TILE + l.y * 4u;
				let v2 = vec4<f32>(right[r2], right[r2 + 8u], right[r2 + 16u], right[r2 + 24u]);
				sum0 = sum0 + left[c2] * v2;
				sum1 = sum1 + left[c2 + 1u] * v2;
				sum2 = sum2 + left[c2 + 2u] * v2;
				sum3 = sum3 + left[c2 + 3u] * v2;
				let r3 = (k + 3u) * TILE + l.x;
				let c3 = (k + 3u) * TILE + l.y * 4u;
				let v3 = vec4<f32>(right[r3], right[r3 + 8u], right[r3 + 16u], right[r3 + 24u]);
				sum0 = sum0 + left[c3] * v3;
				sum1 = sum1 + left[c3 + 1u] * v3;
				sum2 = sum2 + left[c3 + 2u] * v3;
				sum3 = sum3 + left[c3 + 3u] * v3;
			}
			workgroupBarrier();
		}
		all0 = all0 + sum0;
		all1 = all1 + sum1;
		all2 = all2 + sum2;
		all3 = all3 + sum3;
	}
	let m = m0 + l.y * 4u;
	let n = n0 + l.x;
	four(m, n, group.z, all0);
	four(m + 1u, n, group.z, all1);
	four(m + 2u, n, group.z, all2);
	four(m + 3u, n, group.z, all3);
}

fn four(m: u32, n: u32, z: u32, v: vec4<f32>) {
	one(m, n, z, v.x);
	one(m, n + 8u, z, v.y);
	one(m, n + 16u, z, v.z);
	one(m, n + 24u, z, v.w);
}

fn one(m: u32, n: u32, z: u32, v: f32) {
	if (m < M && n < N) {
		put(m, n, z, v);
	}
}
