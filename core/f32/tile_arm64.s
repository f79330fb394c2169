//go:build go1.27 && goexperiment.simd && arm64

#include "textflag.h"

// The innermost loops of products, see tile_arm64.go. The sums of a tile stay in V16 to V31, two vectors a row; A's numbers of one
// step are in V0 and V1, B's in V2 and V3. R0 counts, R1 walks along A's panel, R2 along B's, R3 down C's rows.

#define TAKE \
	MOVD k+0(FP), R0 \
	MOVD a+8(FP), R1 \
	MOVD b+16(FP), R2 \
	MOVD c+24(FP), R3 \
	MOVD ldc+32(FP), R4 \
	MOVBU add+40(FP), R5 \
	LSL $2, R4

// MULADD: Vd += Vn·Vm[i] in four lanes, FMLA by element, which the assembler does not know by name.
#define MULADD(d, n, m, i) WORD $(0x4F801000 | ((i&1)<<21) | (m<<16) | ((i>>1)<<11) | (n<<5) | d)
// ROW: the two vectors of sums from Vd on += B's row times number i of Vm.
#define ROW(d, m, i) MULADD(d, 2, m, i); MULADD((d+1), 3, m, i)

#define CLEAR(x, y) VEOR x.B16, x.B16, x.B16; VEOR y.B16, y.B16, y.B16
// ADDTO: Vd = Vn + Vd, FADD in four lanes.
#define ADDTO(d, n) WORD $(0x4E20D400 | (d<<16) | (n<<5) | d)
// ADDROW: the two vectors of sums from Vd on += C's row at R6.
#define ADDROW(d) FLDPQ (R6), (F0, F1); ADDTO(d, 0); ADDTO((d+1), 1); ADD R4, R6
#define STORE(x, y) FSTPQ (x, y), (R3); ADD R4, R3

// func tileNEON8x8(k int, a, b, c unsafe.Pointer, ldc int, add bool)
TEXT ·tileNEON8x8(SB), NOSPLIT, $0-41
	TAKE
	CLEAR(V16, V17)
	CLEAR(V18, V19)
	CLEAR(V20, V21)
	CLEAR(V22, V23)
	CLEAR(V24, V25)
	CLEAR(V26, V27)
	CLEAR(V28, V29)
	CLEAR(V30, V31)
loop:
	FLDPQ.P 32(R2), (F2, F3)
	FLDPQ.P 32(R1), (F0, F1)
	ROW(16, 0, 0)
	ROW(18, 0, 1)
	ROW(20, 0, 2)
	ROW(22, 0, 3)
	ROW(24, 1, 0)
	ROW(26, 1, 1)
	ROW(28, 1, 2)
	ROW(30, 1, 3)
	SUBS $1, R0
	BNE  loop
	CBZ  R5, store
	MOVD R3, R6
	ADDROW(16)
	ADDROW(18)
	ADDROW(20)
	ADDROW(22)
	ADDROW(24)
	ADDROW(26)
	ADDROW(28)
	ADDROW(30)
store:
	STORE(F16, F17)
	STORE(F18, F19)
	STORE(F20, F21)
	STORE(F22, F23)
	STORE(F24, F25)
	STORE(F26, F27)
	STORE(F28, F29)
	STORE(F30, F31)
	RET

// func tileNEON4x8(k int, a, b, c unsafe.Pointer, ldc int, add bool)
TEXT ·tileNEON4x8(SB), NOSPLIT, $0-41
	TAKE
	CLEAR(V16, V17)
	CLEAR(V18, V19)
	CLEAR(V20, V21)
	CLEAR(V22, V23)
loop:
	FLDPQ.P 32(R2), (F2, F3)
	FMOVQ.P 32(R1), F0
	ROW(16, 0, 0)
	ROW(18, 0, 1)
	ROW(20, 0, 2)
	ROW(22, 0, 3)
	SUBS $1, R0
	BNE  loop
	CBZ  R5, store
	MOVD R3, R6
	ADDROW(16)
	ADDROW(18)
	ADDROW(20)
	ADDROW(22)
store:
	STORE(F16, F17)
	STORE(F18, F19)
	STORE(F20, F21)
	STORE(F22, F23)
	RET
