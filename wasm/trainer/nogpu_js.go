//go:build !gpu

package main

import "ganvas/core/session"

// openGPU is of the program that is built with the tag gpu, which most visitors need not fetch.
var openGPU func() (session.GPU, error)
