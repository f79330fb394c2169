// Package latent computes with noise: the plane through three of a generator's inputs, the way from one to another, and
// noise as bytes. It knows no networks, so that the trainer and the drawing share it.
package latent

import "math"

// Plane is all noise that is mixed of three anchors.
type Plane struct{ anchors [3][]float32 }

// NewPlane goes through three anchors of equal length n.
func NewPlane(a, b, c []float32) *Plane { return &Plane{[3][]float32{a, b, c}} }

// At puts the noise at (u, v) into dst (n): anchor a at (0, 0), b at (1, 0), c at (0, 1), bit for bit, and around them
// a + u(b−a) + v(c−a) brought to the length that the anchors have, each counted as much as it is mixed in.
//
// The length matters because a generator knows noise of one length only: n standard normal values are √n long, within
// about 0.7, however large n is. Between anchors a plain mixture is shorter (in the middle of three, by a factor √3),
// where a generator that was never asked draws washed-out images; far outside it is longer than any noise. Noise of one
// or two values keeps its length: it is of any length, and on a circle the plane would have no inside.
func (p *Plane) At(dst []float32, u, v float64) {
	w := [3]float64{1 - u - v, u, v}
	var length, share, sum float64
	for k, z := range p.anchors {
		length += math.Abs(w[k]) * norm(z)
		share += math.Abs(w[k])
	}
	for i := range dst {
		dst[i] = float32(w[0]*float64(p.anchors[0][i]) + w[1]*float64(p.anchors[1][i]) + w[2]*float64(p.anchors[2][i]))
		sum += float64(dst[i]) * float64(dst[i])
	}
	if len(dst) < 3 || sum <= 1e-12*length*length {
		return
	}
	f := length / share / math.Sqrt(sum)
	for i, x := range dst {
		dst[i] = float32(f * float64(x))
	}
}

func norm(z []float32) float64 {
	sum := 0.0
	for _, x := range z {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}

// Arc moves a towards b by the share t of the angle between them, as if both lay on a sphere: halfway between two
// normal vectors is then as long as they are, where a straight line would pass nearer to zero than noise ever lies.
// (Shoemake 1985.)
func Arc(a, b []float32, t float64) {
	p, q := shares(a, b, t)
	for i, v := range a {
		a[i] = float32(p*float64(v) + q*float64(b[i]))
	}
}

// OnEdge is how far along the plane's edge from a to b the noise lies that [Arc] reaches at t: u of (u, 0), but for its
// length, which is that of the arc.
func OnEdge(a, b []float32, t float64) float64 {
	p, q := shares(a, b, t)
	return q / (p + q)
}

// shares are how much of a and of b is at t on the arc between them.
func shares(a, b []float32, t float64) (p, q float64) {
	var aa, bb, ab float64
	for i, v := range a {
		aa, bb, ab = aa+float64(v)*float64(v), bb+float64(b[i])*float64(b[i]), ab+float64(v)*float64(b[i])
	}
	angle := math.Acos(max(-1, min(1, ab/math.Sqrt(aa*bb))))
	if s := math.Sin(angle); s > 1e-6 {
		return math.Sin((1-t)*angle) / s, math.Sin(t*angle) / s
	}
	return 1 - t, t
}
