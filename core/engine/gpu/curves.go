package gpu

import "ganvas/core/loss"

// curves is what loss.Curve computes, as WGSL: value and slope at x. A cross-entropy's are made of e^−|x|, so that neither loses its digits
// where D is sure.
var curves = map[loss.Curve]string{
	loss.CrossEntropy: "\tlet e = exp(-abs(x));\n\tlet q = e / (1.0 + e);\n" +
		"\treturn vec2<f32>(max(x, 0.0) - aim * x + log1p(e), select(q - aim, 1.0 - aim - q, x > 0.0));\n",
	loss.Square: "\treturn vec2<f32>(0.5 * (x - aim) * (x - aim), x - aim);\n",
	loss.Hinge:  "\tif (x >= 1.0) { return vec2<f32>(0.0, 0.0); }\n\treturn vec2<f32>(1.0 - x, -1.0);\n",
	loss.Linear: "\treturn vec2<f32>(x, 1.0);\n",
}
