package gpu

import (
	"context"
	"fmt"

	"ganvas/core/engine/gpu"

	"github.com/gogpu/wgpu"
)

// tray is memory to be mapped, and the mapping that is under way.
type tray struct {
	d     *Device
	b     *wgpu.Buffer // nil once it was given back
	bytes int          // that were put
	comes *wgpu.MapPending
}

func (d *Device) Tray(bytes int) (gpu.Tray, error) {
	b, err := d.device.CreateBuffer(&wgpu.BufferDescriptor{Size: uint64(bytes), Usage: wgpu.BufferUsageMapRead | wgpu.BufferUsageCopyDst})
	if err != nil {
		return nil, fmt.Errorf("%s gives no memory to read %d bytes from: %w", d.is.Name, bytes, err)
	}
	return &tray{d: d, b: b}, nil
}

func (t *tray) Release() {
	if t.b == nil {
		return
	}
	if t.comes != nil {
		_ = t.b.Unmap() // which ends the mapping
		t.comes.Release()
	}
	t.d.leave(t.b.Release)
	t.b, t.comes = nil, nil
}

func (t *tray) Put(at int, of gpu.Buffer, from, bytes int) {
	b := of.(*buffer)
	if t.d.err != nil {
		return
	}
	t.d.pending = append(t.d.pending, played{copy: copying{of: b.b, to: t.b, from: from, at: at, len: bytes}})
	t.d.touched[b]++
	t.bytes = max(t.bytes, at+bytes)
}

func (t *tray) Send() {
	t.d.Flush()
	if t.d.err != nil {
		return
	}
	var err error
	t.comes, err = t.b.MapAsync(wgpu.MapModeRead, 0, uint64(t.bytes))
	t.d.fail("results were sent", err)
}

func (t *tray) Came() bool {
	if t.d.err != nil || t.comes == nil {
		return true
	}
	t.d.device.Poll(wgpu.PollPoll)
	done, err := t.comes.Status()
	if done {
		t.d.fail("results came", err)
	}
	return done
}

func (t *tray) Take(to []byte) {
	if t.Came(); t.d.err != nil || t.comes == nil {
		return
	}
	t.d.fail("results came", t.take(to))
	t.comes.Release()
	t.comes, t.bytes = nil, 0
}

func (t *tray) take(to []byte) error {
	if done, _ := t.comes.Status(); !done {
		ctx, cancel := context.WithTimeout(context.Background(), patient)
		defer cancel()
		go t.d.device.Poll(wgpu.PollWait)
		if err := t.comes.Wait(ctx); err != nil {
			return err
		}
	}
	mapped, err := t.b.MappedRange(0, uint64(t.bytes))
	if err != nil {
		return err
	}
	copy(to, mapped.Bytes())
	return t.b.Unmap()
}
