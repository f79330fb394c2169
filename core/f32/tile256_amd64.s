//go:build go1.27 && goexperiment.simd && amd64

#include "textflag.h"

// The innermost loops of products, see tile_amd64.go. The sums of a tile stay in registers; each number of A is loaded into all
// lanes of one and multiplied into a row of sums. AX walks along A's panel, BX along B's, DI down C's rows, R8 along what is needed
// next.

#define TAKE \
	MOVQ k+0(FP), CX \
	MOVQ a+8(FP), AX \
	MOVQ b+16(FP), BX \
	MOVQ c+24(FP), DI \
	MOVQ ldc+32(FP), SI \
	SHLQ $2, SI \
	MOVQ next_at+48(FP), R8 \
	MOVQ next_step+56(FP), R9 \
	MOVQ DI, DX

// A row of C is asked for, so that it is there when the sums are.
#define ASK1 PREFETCHT0 (DX); ADDQ SI, DX
#define ASK2 PREFETCHT0 (DX); PREFETCHT0 64(DX); ADDQ SI, DX

// A line of what is needed next.
#define NEXT PREFETCHT1 (R8); ADDQ R9, R8

// Vectors of 8 numbers: B's row in Y0 and Y1, a number of A in Y2, sums in Y4 to Y15. A has 6 rows, B 16 columns.

#define CLEAR1(x) VXORPS x, x, x
#define CLEAR2(x, y) VXORPS x, x, x; VXORPS y, y, y
#define LOAD1 VMOVUPS (BX), Y0
#define LOAD2 VMOVUPS (BX), Y0; VMOVUPS 32(BX), Y1
#define MUL1(at, x) VBROADCASTSS at(AX), Y2; VFMADD231PS Y0, Y2, x
#define MUL2(at, x, y) VBROADCASTSS at(AX), Y2; VFMADD231PS Y0, Y2, x; VFMADD231PS Y1, Y2, y
#define ADD2(x, y) VADDPS (DX), x, x; VADDPS 32(DX), y, y; ADDQ SI, DX
#define STORE2(x, y) VMOVUPS x, (DI); VMOVUPS y, 32(DI); ADDQ SI, DI
#define ADD1(x) VADDPS (DX), x, x; ADDQ SI, DX
#define STORE1(x) VMOVUPS x, (DI); ADDQ SI, DI

// func tile256x6x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)
TEXT ·tile256x6x16(SB), NOSPLIT, $0-64
	TAKE
	ASK1
	ASK1
	ASK1
	ASK1
	ASK1
	ASK1
	CLEAR2(Y4, Y5)
	CLEAR2(Y6, Y7)
	CLEAR2(Y8, Y9)
	CLEAR2(Y10, Y11)
	CLEAR2(Y12, Y13)
	CLEAR2(Y14, Y15)
loop:
	NEXT
	LOAD2
	MUL2(0, Y4, Y5)
	MUL2(4, Y6, Y7)
	MUL2(8, Y8, Y9)
	MUL2(12, Y10, Y11)
	MUL2(16, Y12, Y13)
	MUL2(20, Y14, Y15)
	ADDQ $24, AX
	ADDQ $64, BX
	DECQ CX
	JNZ  loop
	CMPB add+40(FP), $0
	JEQ  store
	MOVQ DI, DX
	ADD2(Y4, Y5)
	ADD2(Y6, Y7)
	ADD2(Y8, Y9)
	ADD2(Y10, Y11)
	ADD2(Y12, Y13)
	ADD2(Y14, Y15)
store:
	STORE2(Y4, Y5)
	STORE2(Y6, Y7)
	STORE2(Y8, Y9)
	STORE2(Y10, Y11)
	STORE2(Y12, Y13)
	STORE2(Y14, Y15)
	VZEROUPPER
	RET

// func tile256x6x8(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)
TEXT ·tile256x6x8(SB), NOSPLIT, $0-64
	TAKE
	ASK1
	ASK1
	ASK1
	ASK1
	ASK1
	ASK1
	CLEAR1(Y4)
	CLEAR1(Y5)
	CLEAR1(Y6)
	CLEAR1(Y7)
	CLEAR1(Y8)
	CLEAR1(Y9)
loop:
	NEXT
	LOAD1
	MUL1(0, Y4)
	MUL1(4, Y5)
	MUL1(8, Y6)
	MUL1(12, Y7)
	MUL1(16, Y8)
	MUL1(20, Y9)
	ADDQ $24, AX
	ADDQ $64, BX
	DECQ CX
	JNZ  loop
	CMPB add+40(FP), $0
	JEQ  store
	MOVQ DI, DX
	ADD1(Y4)
	ADD1(Y5)
	ADD1(Y6)
	ADD1(Y7)
	ADD1(Y8)
	ADD1(Y9)
store:
	STORE1(Y4)
	STORE1(Y5)
	STORE1(Y6)
	STORE1(Y7)
	STORE1(Y8)
	STORE1(Y9)
	VZEROUPPER
	RET

// func tile256x4x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)
TEXT ·tile256x4x16(SB), NOSPLIT, $0-64
	TAKE
	ASK1
	ASK1
	ASK1
	ASK1
	CLEAR2(Y4, Y5)
	CLEAR2(Y6, Y7)
	CLEAR2(Y8, Y9)
	CLEAR2(Y10, Y11)
loop:
	NEXT
	LOAD2
	MUL2(0, Y4, Y5)
	MUL2(4, Y6, Y7)
	MUL2(8, Y8, Y9)
	MUL2(12, Y10, Y11)
	ADDQ $24, AX
	ADDQ $64, BX
	DECQ CX
	JNZ  loop
	CMPB add+40(FP), $0
	JEQ  store
	MOVQ DI, DX
	ADD2(Y4, Y5)
	ADD2(Y6, Y7)
	ADD2(Y8, Y9)
	ADD2(Y10, Y11)
store:
	STORE2(Y4, Y5)
	STORE2(Y6, Y7)
	STORE2(Y8, Y9)
	STORE2(Y10, Y11)
	VZEROUPPER
	RET

// func tile256x4x8(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)
TEXT ·tile256x4x8(SB), NOSPLIT, $0-64
	TAKE
	ASK1
	ASK1
	ASK1
	ASK1
	CLEAR1(Y4)
	CLEAR1(Y5)
	CLEAR1(Y6)
	CLEAR1(Y7)
loop:
	NEXT
	LOAD1
	MUL1(0, Y4)
	MUL1(4, Y5)
	MUL1(8, Y6)
	MUL1(12, Y7)
	ADDQ $24, AX
	ADDQ $64, BX
	DECQ CX
	JNZ  loop
	CMPB add+40(FP), $0
	JEQ  store
	MOVQ DI, DX
	ADD1(Y4)
	ADD1(Y5)
	ADD1(Y6)
	ADD1(Y7)
store:
	STORE1(Y4)
	STORE1(Y5)
	STORE1(Y6)
	STORE1(Y7)
	VZEROUPPER
	RET

// func tile256x2x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)
TEXT ·tile256x2x16(SB), NOSPLIT, $0-64
	TAKE
	ASK1
	ASK1
	CLEAR2(Y4, Y5)
	CLEAR2(Y6, Y7)
loop:
	NEXT
	LOAD2
	MUL2(0, Y4, Y5)
	MUL2(4, Y6, Y7)
	ADDQ $24, AX
	ADDQ $64, BX
	DECQ CX
	JNZ  loop
	CMPB add+40(FP), $0
	JEQ  store
	MOVQ DI, DX
	ADD2(Y4, Y5)
	ADD2(Y6, Y7)
store:
	STORE2(Y4, Y5)
	STORE2(Y6, Y7)
	VZEROUPPER
	RET

// func tile256x2x8(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)
TEXT ·tile256x2x8(SB), NOSPLIT, $0-64
	TAKE
	ASK1
	ASK1
	CLEAR1(Y4)
	CLEAR1(Y5)
loop:
	NEXT
	LOAD1
	MUL1(0, Y4)
	MUL1(4, Y5)
	ADDQ $24, AX
	ADDQ $64, BX
	DECQ CX
	JNZ  loop
	CMPB add+40(FP), $0
	JEQ  store
	MOVQ DI, DX
	ADD1(Y4)
	ADD1(Y5)
store:
	STORE1(Y4)
	STORE1(Y5)
	VZEROUPPER
	RET

// func limit256(turns int)
TEXT ·limit256(SB), NOSPLIT, $0-8
	MOVQ turns+0(FP), CX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	VXORPS Y8, Y8, Y8
	VXORPS Y9, Y9, Y9
	VXORPS Y10, Y10, Y10
	VXORPS Y11, Y11, Y11
	VXORPS Y12, Y12, Y12
loop:
	VFMADD231PS Y0, Y0, Y1
	VFMADD231PS Y0, Y0, Y2
	VFMADD231PS Y0, Y0, Y3
	VFMADD231PS Y0, Y0, Y4
	VFMADD231PS Y0, Y0, Y5
	VFMADD231PS Y0, Y0, Y6
	VFMADD231PS Y0, Y0, Y7
	VFMADD231PS Y0, Y0, Y8
	VFMADD231PS Y0, Y0, Y9
	VFMADD231PS Y0, Y0, Y10
	VFMADD231PS Y0, Y0, Y11
	VFMADD231PS Y0, Y0, Y12
	DECQ CX
	JNZ  loop
	VZEROUPPER
	RET
