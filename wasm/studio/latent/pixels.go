package latent

// Atlas is where pictures lie in a texture: slots of each images side by side, h × w pixels an image.
type Atlas struct{ H, W, Each, Columns, Slots int }

const (
	across = 2048 // pixels of a texture's sides that are possible everywhere
	down   = 4096
)

// NewAtlas has room for more pictures than any field shows at once.
func NewAtlas(h, w, each int) Atlas {
	columns := max(1, across/(w*each))
	return Atlas{h, w, each, columns, min(max(128, 1024/each), columns*max(1, down/h))}
}

// Size of the texture in pixels.
func (a Atlas) Size() (w, h int) {
	return a.Columns * a.W * a.Each, (a.Slots + a.Columns - 1) / a.Columns * a.H
}

// Slot is a slot's upper left corner.
func (a Atlas) Slot(i int) (x, y int) { return i % a.Columns * a.W * a.Each, i / a.Columns * a.H }

// Bytes is how many bytes of grey a slot's images have.
func (a Atlas) Bytes() int { return a.H * a.W * a.Each }

// RGBA puts a slot's images (each, h, w), grey, side by side, opaque, into a buffer that is kept.
func (a Atlas) RGBA(rgba, grey []byte) []byte {
	rgba = rgba[:0]
	for y := range a.H {
		for k := range a.Each {
			for _, v := range grey[(k*a.H+y)*a.W:][:a.W] {
				rgba = append(rgba, v, v, v, 255)
			}
		}
	}
	return rgba
}
