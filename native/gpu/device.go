// Package gpu reaches this machine's GPU through gogpu/wgpu, in Go alone: Vulkan on Linux and Windows, Direct3D 12 on Windows,
// Metal on macOS.
package gpu

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ganvas/core/engine/gpu"

	"github.com/gogpu/gputypes"
	"github.com/gogpu/wgpu"
)

// Device is one GPU. It collects what is to be played, and submits it when something is read, when that becomes long, or
// before a write to memory that is part of it.
type Device struct {
	instance *wgpu.Instance
	adapter  *wgpu.Adapter
	device   *wgpu.Device
	queue    *wgpu.Queue
	is       gpu.Adapter
	layouts  map[string]layout // by the accesses
	zero     *program
	staging  *wgpu.Buffer // to be read from, of room bytes
	room     int
	pending  []played
	length   int             // dispatches in pending
	left     []func()        // gives back what pending may use
	touched  map[*buffer]int // how often pending uses a buffer
	flying   []uint64        // submissions
	err      error
}

type layout struct {
	group *wgpu.BindGroupLayout
	whole *wgpu.PipelineLayout
}

type program struct {
	pipeline *wgpu.ComputePipeline
	layout   layout
}

type buffer struct {
	d     *Device
	b     *wgpu.Buffer // nil once it was given back
	bytes int
}

type list struct {
	d      *Device
	steps  []step
	uses   []*buffer
	groups []*wgpu.BindGroup
}

// played is a list, or a copy of a buffer's bytes where that is nil.
type played struct {
	list *list
	copy copying
}

type copying struct {
	of, to        *wgpu.Buffer
	from, at, len int
}

type step struct {
	pipeline *wgpu.ComputePipeline
	group    *wgpu.BindGroup
	over     [3]uint32
}

const (
	longest = 256              // dispatches in one submission: drivers end those that take seconds
	patient = 60 * time.Second // for what is read
)

func (d *Device) Adapter() gpu.Adapter { return d.is }
func (d *Device) Err() error           { return d.err }

func (d *Device) fail(what string, err error) {
	if err == nil || d.err != nil {
		return
	}
	switch {
	case errors.Is(err, wgpu.ErrDeviceLost):
		d.err = fmt.Errorf("the GPU %s was lost while %s: %w", d.is.Name, what, err)
	case errors.Is(err, wgpu.ErrOutOfMemory):
		d.err = fmt.Errorf("the GPU %s ran out of memory while %s: take a smaller batch or smaller networks", d.is.Name, what)
	default:
		d.err = fmt.Errorf("the GPU %s failed while %s: %w", d.is.Name, what, err)
	}
}

func (d *Device) Buffer(bytes int) (gpu.Buffer, error) {
	if bytes > d.is.Limits.Buffer {
		return nil, fmt.Errorf("%d bytes in one piece are more than the %d that %s gives: take a smaller batch or smaller networks", bytes, d.is.Limits.Buffer, d.is.Name)
	}
	b, err := d.device.CreateBuffer(&wgpu.BufferDescriptor{Size: uint64(bytes), Usage: wgpu.BufferUsageStorage | wgpu.BufferUsageCopyDst | wgpu.BufferUsageCopySrc})
	if err != nil {
		return nil, fmt.Errorf("%s gives no memory of %d bytes (%w): take a smaller batch or smaller networks", d.is.Name, bytes, err)
	}
	made := &buffer{d: d, b: b, bytes: bytes}
	return made, d.clear(made)
}

// clearing zeroes a buffer.
const clearing = `@group(0) @binding(0) var<storage, read_write> all: array<u32>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) n: vec3<u32>) {
	for (var i = id.x; i < arrayLength(&all); i += n.x * 256u) { all[i] = 0u; }
}`

// clear makes new memory zero, which Vulkan does not.
func (d *Device) clear(b *buffer) error {
	if d.zero == nil {
		p, err := d.Program(clearing, []gpu.Access{gpu.ReadWrite})
		if err != nil {
			return err
		}
		d.zero = p.(*program)
	}
	limit := d.is.Limits.Binding / 256 * 256
	for at := 0; at < b.bytes; at += limit {
		size := min(limit, b.bytes-at)
		l, err := d.Record([]gpu.Dispatch{{Program: d.zero, Bindings: []gpu.Binding{{Buffer: b, At: at, Bytes: size}}, Groups: [3]int{min(1024, (size/4+255)/256), 1, 1}}})
		if err != nil {
			return err
		}
		d.Play(l)
		l.Release()
	}
	return nil
}

func (b *buffer) Release() {
	if b.b == nil {
		return
	}
	b.d.leave(b.b.Release)
	b.b = nil
}

// leave gives something back once nothing pending uses it; what was submitted keeps it alive by itself.
func (d *Device) leave(release func()) {
	if len(d.pending) == 0 {
		release()
		return
	}
	d.left = append(d.left, release)
}

func (d *Device) Program(code string, access []gpu.Access) (gpu.Program, error) {
	l, err := d.layout(access)
	if err != nil {
		return nil, err
	}
	source := &wgpu.ShaderModuleDescriptor{WGSL: code}
	if d.is.API == "vulkan" {
		spirv, err := compiled(code)
		if err != nil {
			return nil, fmt.Errorf("a kernel does not compile: %w", err)
		}
		source = &wgpu.ShaderModuleDescriptor{SPIRV: spirv}
	}
	module, err := d.device.CreateShaderModule(source)
	if err != nil {
		return nil, fmt.Errorf("a kernel does not compile on %s: %w", d.is.Name, err)
	}
	defer module.Release()
	p, err := d.device.CreateComputePipeline(&wgpu.ComputePipelineDescriptor{Layout: l.whole, Module: module, EntryPoint: "main"})
	if err != nil {
		return nil, fmt.Errorf("a kernel does not compile on %s: %w", d.is.Name, err)
	}
	return &program{p, l}, nil
}

// layout is that of storage buffers with those accesses.
func (d *Device) layout(access []gpu.Access) (layout, error) {
	key := fmt.Sprint(access)
	if l, ok := d.layouts[key]; ok {
		return l, nil
	}
	entries := make([]wgpu.BindGroupLayoutEntry, len(access))
	for i, a := range access {
		kind := gputypes.BufferBindingTypeReadOnlyStorage
		if a == gpu.ReadWrite {
			kind = gputypes.BufferBindingTypeStorage
		}
		entries[i] = wgpu.BindGroupLayoutEntry{Binding: uint32(i), Visibility: wgpu.ShaderStageCompute, Buffer: &gputypes.BufferBindingLayout{Type: kind}}
	}
	var l layout
	var err error
	if l.group, err = d.device.CreateBindGroupLayout(&wgpu.BindGroupLayoutDescriptor{Entries: entries}); err != nil {
		return l, fmt.Errorf("%d buffers cannot be bound on %s: %w", len(access), d.is.Name, err)
	}
	if l.whole, err = d.device.CreatePipelineLayout(&wgpu.PipelineLayoutDescriptor{BindGroupLayouts: []*wgpu.BindGroupLayout{l.group}}); err != nil {
		return l, fmt.Errorf("%d buffers cannot be bound on %s: %w", len(access), d.is.Name, err)
	}
	d.layouts[key] = l
	return l, nil
}

func (d *Device) Record(ds []gpu.Dispatch) (gpu.List, error) {
	l, seen := &list{d: d}, map[*buffer]bool{}
	for _, each := range ds {
		p := each.Program.(*program)
		entries := make([]wgpu.BindGroupEntry, len(each.Bindings))
		for i, b := range each.Bindings {
			of := b.Buffer.(*buffer)
			if of.b == nil {
				panic("gpu: a dispatch with memory that was given back")
			}
			entries[i] = wgpu.BindGroupEntry{Binding: uint32(i), Buffer: of.b, Offset: uint64(b.At), Size: uint64(b.Bytes)}
			if !seen[of] {
				seen[of] = true
				l.uses = append(l.uses, of)
			}
		}
		group, err := d.device.CreateBindGroup(&wgpu.BindGroupDescriptor{Layout: p.layout.group, Entries: entries})
		if err != nil {
			l.Release()
			return nil, fmt.Errorf("memory cannot be bound on %s: %w", d.is.Name, err)
		}
		l.groups = append(l.groups, group)
		l.steps = append(l.steps, step{p.pipeline, group, [3]uint32{uint32(each.Groups[0]), uint32(each.Groups[1]), uint32(each.Groups[2])}})
	}
	return l, nil
}

func (l *list) Release() {
	for _, g := range l.groups {
		l.d.leave(g.Release)
	}
	l.groups = nil
}

func (d *Device) Play(of gpu.List) {
	if d.err != nil {
		return
	}
	l := of.(*list)
	if d.length+len(l.steps) > longest {
		d.Flush()
	}
	d.pending = append(d.pending, played{list: l})
	d.length += len(l.steps)
	for _, b := range l.uses {
		d.touched[b]++
	}
}

// Write: the queue writes before what is submitted next, so that what was called before must be submitted first if it uses
// that memory.
func (d *Device) Write(to gpu.Buffer, at int, data []byte) {
	b := to.(*buffer)
	if d.err != nil || len(data) == 0 {
		return
	}
	if d.touched[b] > 0 {
		d.Flush()
	}
	d.fail("memory was written", d.queue.WriteBuffer(b.b, uint64(at), data))
}

func (d *Device) Flush() { d.submit(nil) }

// submit hands over what is pending, and then what more encodes.
func (d *Device) submit(more func(*wgpu.CommandEncoder)) {
	if d.err != nil || len(d.pending) == 0 && more == nil {
		return
	}
	d.fail("work was submitted", d.encode(more))
	d.pending, d.length = d.pending[:0], 0
	clear(d.touched)
	for _, release := range d.left {
		release()
	}
	d.left = d.left[:0]
}

func (d *Device) encode(more func(*wgpu.CommandEncoder)) error {
	enc, err := d.device.CreateCommandEncoder(&wgpu.CommandEncoderDescriptor{})
	if err != nil {
		return err
	}
	if err := d.compute(enc); err != nil {
		return err
	}
	if more != nil {
		more(enc)
	}
	commands, err := enc.Finish()
	if err != nil {
		return err
	}
	_, err = d.queue.Submit(commands)
	return err
}

// compute encodes what is pending: dispatches in as few passes as copies between them allow.
func (d *Device) compute(enc *wgpu.CommandEncoder) error {
	var pass *wgpu.ComputePassEncoder
	end := func() (err error) {
		if pass != nil {
			err = pass.End()
		}
		pass = nil
		return err
	}
	for _, p := range d.pending {
		if p.list == nil {
			if err := end(); err != nil {
				return err
			}
			c := p.copy
			enc.CopyBufferToBuffer(c.of, uint64(c.from), c.to, uint64(c.at), uint64(c.len))
			continue
		}
		if pass == nil {
			var err error
			if pass, err = enc.BeginComputePass(&wgpu.ComputePassDescriptor{}); err != nil {
				return err
			}
		}
		for _, s := range p.list.steps {
			pass.SetPipeline(s.pipeline)
			pass.SetBindGroup(0, s.group, nil)
			pass.Dispatch(s.over[0], s.over[1], s.over[2])
		}
	}
	return end()
}

// aligned is where the next reading can begin in memory that is mapped.
func aligned(n int) int { return (n + 7) / 8 * 8 }

func (d *Device) Read(all []gpu.Reading) {
	total := 0
	for _, r := range all {
		total += aligned(len(r.To))
	}
	if d.err != nil || total == 0 {
		return
	}
	if d.err = d.stage(total); d.err != nil {
		return
	}
	d.submit(func(enc *wgpu.CommandEncoder) {
		at := 0
		for _, r := range all {
			enc.CopyBufferToBuffer(r.From.(*buffer).b, uint64(r.At), d.staging, uint64(at), uint64(len(r.To)))
			at += aligned(len(r.To))
		}
	})
	if d.err == nil {
		d.fail("results were read", d.take(all, total))
	}
}

// stage makes sure that there is memory to read total bytes from.
func (d *Device) stage(total int) error {
	if total <= d.room {
		return nil
	}
	if d.staging != nil {
		d.staging.Release()
	}
	d.room = max(total, 1<<16)
	var err error
	d.staging, err = d.device.CreateBuffer(&wgpu.BufferDescriptor{Size: uint64(d.room), Usage: wgpu.BufferUsageMapRead | wgpu.BufferUsageCopyDst})
	if err != nil {
		d.room = 0
		return fmt.Errorf("%s gives no memory to read %d bytes from: %w", d.is.Name, total, err)
	}
	return nil
}

// take waits for the staging memory and takes the readings out of it.
func (d *Device) take(all []gpu.Reading, total int) error {
	ctx, cancel := context.WithTimeout(context.Background(), patient)
	defer cancel()
	if err := d.staging.Map(ctx, wgpu.MapModeRead, 0, uint64(total)); err != nil {
		return err
	}
	mapped, err := d.staging.MappedRange(0, uint64(total))
	if err != nil {
		return err
	}
	bytes, at := mapped.Bytes(), 0
	for _, r := range all {
		copy(r.To, bytes[at:])
		at += aligned(len(r.To))
	}
	return d.staging.Unmap()
}

func (d *Device) Close() error {
	d.pending = nil
	if d.staging != nil {
		d.staging.Release()
	}
	err := d.device.WaitIdle()
	d.device.Release()
	d.adapter.Release()
	d.instance.Release()
	return err
}
