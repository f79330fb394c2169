package net

// Visitor is what somebody who takes networks apart does with each kind of layer. Whoever lacks a kind does not compile.
type Visitor[T any] interface {
	Linear(Linear) T
	Conv2d(Conv2d) T
	ConvTranspose2d(ConvTranspose2d) T
	LabelProduct(LabelProduct) T
	OneHot(OneHot) T
	Spectral(Spectral) T
	Equalized(Equalized) T
	BatchNorm(BatchNorm) T
	LayerNorm(LayerNorm) T
	PixelNorm(PixelNorm) T
	MinibatchStd(MinibatchStd) T
	LeakyReLU(LeakyReLU) T
	Tanh(Tanh) T
	Sigmoid(Sigmoid) T
	Dropout(Dropout) T
	Noise(Noise) T
	Augment(Augment) T
	Reshape(Reshape) T
	Flatten(Flatten) T
	AsImage(AsImage) T
	Pad(Pad) T
	Upsample(Upsample) T
	AvgPool(AvgPool) T
	SumPool(SumPool) T
	Blur(Blur) T
	Named(Named) T
	Residual(Residual) T
	Fade(Fade) T
}

// Visit is v's answer for l.
func Visit[T any](l Layer, v Visitor[T]) T {
	switch l := l.(type) {
	case Linear:
		return v.Linear(l)
	case Conv2d:
		return v.Conv2d(l)
	case ConvTranspose2d:
		return v.ConvTranspose2d(l)
	case LabelProduct:
		return v.LabelProduct(l)
	case OneHot:
		return v.OneHot(l)
	case Spectral:
		return v.Spectral(l)
	case Equalized:
		return v.Equalized(l)
	case BatchNorm:
		return v.BatchNorm(l)
	case LayerNorm:
		return v.LayerNorm(l)
	case PixelNorm:
		return v.PixelNorm(l)
	case MinibatchStd:
		return v.MinibatchStd(l)
	case LeakyReLU:
		return v.LeakyReLU(l)
	case Tanh:
		return v.Tanh(l)
	case Sigmoid:
		return v.Sigmoid(l)
	case Dropout:
		return v.Dropout(l)
	case Noise:
		return v.Noise(l)
	case Augment:
		return v.Augment(l)
	case Reshape:
		return v.Reshape(l)
	case Flatten:
		return v.Flatten(l)
	case AsImage:
		return v.AsImage(l)
	case Pad:
		return v.Pad(l)
	case Upsample:
		return v.Upsample(l)
	case AvgPool:
		return v.AvgPool(l)
	case SumPool:
		return v.SumPool(l)
	case Blur:
		return v.Blur(l)
	case Named:
		return v.Named(l)
	case Residual:
		return v.Residual(l)
	case Fade:
		return v.Fade(l)
	}
	panic("net: Visit of a layer of an unknown kind")
}
