package f32

import (
	"testing"
	"unsafe"

	"gonum.org/v1/gonum/blas"
)

// TestForesight: of the operand that is cut into parts nearly every cache line was asked for by an earlier tile, but for the first
// part's, and hardly anything else was.
func TestForesight(t *testing.T) {
	const m, n, k = 24, 640, 520
	for name, tB := range map[string]blas.Transpose{"lines behind each other": blas.Trans, "lines side by side": blas.NoTrans} {
		t.Run(name, func(t *testing.T) {
			asked := map[uintptr]bool{}
			few := scalarTile
			few.run = func(rows, cols, k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead) {
				for i := range k {
					asked[(next.at+uintptr(i*next.step))/cacheLine] = true
				}
				scalarTile.run(rows, cols, k, a, b, c, ldc, add, next)
			}
			s := newPacked("asking", Plain(), few)
			a, b, c := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
			ldb := k
			if tB == blas.NoTrans {
				ldb = n
			}
			s.Sgemm(blas.NoTrans, tB, m, n, k, 1, a, k, b, ldb, 0, c, n)
			first, last := address(b, 0)/cacheLine, address(b, len(b))/cacheLine
			found, others := 0, 0
			for line := range asked {
				if line >= first && line <= last {
					found++
				} else {
					others++
				}
			}
			if all := int(last - first); found < all*9/10 || others > all/10 {
				t.Errorf("of %d cache lines %d were asked for, and %d others", all, found, others)
			}
		})
	}
}
