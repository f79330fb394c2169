//go:build libtorch

package torch

/*
#include <stdint.h>
#include <stdlib.h>

// Two functions of gotch's C interface that its Go side leaves out. They are weak so that this package links by itself
// while cgo looks at it; in the program gotch's definitions take their place.
void at_manual_seed(int64_t seed) __attribute__((weak));
void at_set_num_threads(int n) __attribute__((weak));
int at_get_num_threads(void) __attribute__((weak));
*/
import "C"

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	lib "github.com/sugarme/gotch/libtch"
)

// tensor is libtorch's handle of a tensor: C++ memory that free gives back, which the garbage collector does not see.
// This package takes gotch's lower interface, since the upper one leaves freeing to finalizers and gives every handle
// 100 kB of Go memory to hasten them.
type tensor = lib.Ctensor

// scalar is libtorch's handle of a number.
type scalar = lib.Cscalar

// Number types and devices as gotch's C interface counts them.
const (
	kindUint8   = 0
	kindInt64   = 4
	kindFloat32 = 6

	kindBFloat16 = 15

	deviceCPU  = -1
	deviceCUDA = 0
)

// lastError is what the last failed call said, nil when none has failed since it was last asked.
func lastError() error {
	c := lib.GetAndResetLastErr()
	if c == nil {
		return nil
	}
	said := C.GoString((*C.char)(unsafe.Pointer(c)))
	C.free(unsafe.Pointer(c))
	return plainly(said)
}

// plainly makes one sentence of an exception's text, which goes on with a stack of C++ frames.
func plainly(said string) error {
	first, _, _ := strings.Cut(said, "\n")
	if strings.Contains(said, "out of memory") || strings.Contains(said, "can't allocate memory") {
		return errors.New("libtorch's device is out of memory: take a smaller batch or smaller networks, or --device cpu")
	}
	return fmt.Errorf("libtorch failed: %s", strings.TrimSpace(first))
}

func seed(s uint64)    { C.at_manual_seed(C.int64_t(s)) }
func setThreads(n int) { C.at_set_num_threads(C.int(n)) }
func threads() int     { return int(C.at_get_num_threads()) }
