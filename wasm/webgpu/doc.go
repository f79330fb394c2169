// Package webgpu reaches the visitor's GPU: what a Go program in a Worker records, a player in JavaScript plays with WebGPU. A call
// to it costs a fraction of a microsecond; WebGPU through syscall/js from Go would cost one for each of a step's hundred
// dispatches.
package webgpu
