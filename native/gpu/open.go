package gpu

import (
	"errors"
	"fmt"
	"strings"

	"ganvas/core/engine/gpu"

	"github.com/gogpu/gputypes"
	"github.com/gogpu/wgpu"
)

// Open opens this machine's fastest GPU. With real, one that a processor computes in the place of is refused.
func Open(real bool) (*Device, error) {
	instance, err := wgpu.CreateInstance(&wgpu.InstanceDescriptor{Backends: wgpu.BackendsVulkan | wgpu.BackendsMetal | wgpu.BackendsDX12})
	if err != nil {
		return nil, fmt.Errorf("no GPU can be reached here (%w): install your GPU's driver with Vulkan, or take another --engine", err)
	}
	adapter, err := instance.RequestAdapter(&wgpu.RequestAdapterOptions{PowerPreference: wgpu.PowerPreferenceHighPerformance})
	if err != nil {
		instance.Release()
		return nil, fmt.Errorf("there is no GPU here that can be reached (%w): install its driver with Vulkan, or take another --engine", err)
	}
	is := describe(adapter)
	if err := check(is, adapter.Info(), real); err != nil {
		adapter.Release()
		instance.Release()
		return nil, err
	}
	device, err := adapter.RequestDevice(nil) // with the adapter's own limits
	if err != nil {
		adapter.Release()
		instance.Release()
		return nil, fmt.Errorf("the GPU %s cannot be opened: %w", is.Name, err)
	}
	return &Device{instance: instance, adapter: adapter, device: device, queue: device.Queue(), is: is, layouts: map[string]layout{}, touched: map[*buffer]int{}}, nil
}

func describe(a *wgpu.Adapter) gpu.Adapter {
	info, l := a.Info(), a.Limits()
	return gpu.Adapter{Name: info.Name, API: strings.ToLower(info.Backend.String()), Software: software(info),
		Limits: gpu.Limits{Binding: int(min(l.MaxStorageBufferBindingSize, 1<<31-256)), Buffer: int(min(l.MaxBufferSize, 1<<31-256)), Shared: int(l.MaxComputeWorkgroupStorageSize),
			Threads: int(l.MaxComputeInvocationsPerWorkgroup), Groups: int(l.MaxComputeWorkgroupsPerDimension), Bindings: int(l.MaxStorageBuffersPerShaderStage)}}
}

// software reports whether a processor computes in a GPU's place.
func software(info wgpu.AdapterInfo) bool {
	name := strings.ToLower(info.Name)
	for _, known := range []string{"llvmpipe", "lavapipe", "swiftshader", "basic render"} {
		if strings.Contains(name, known) {
			return true
		}
	}
	return info.DeviceType == gputypes.DeviceTypeCPU
}

// check says why an adapter cannot be taken.
func check(is gpu.Adapter, info wgpu.AdapterInfo, real bool) error {
	switch info.Backend {
	case gputypes.BackendVulkan, gputypes.BackendMetal, gputypes.BackendDX12:
	default:
		return errors.New("there is no GPU here that can be reached by Vulkan, Metal or Direct3D 12: install its driver, or take another --engine")
	}
	if real && is.Software {
		return fmt.Errorf("%s is no GPU: a processor computes in its place", is.Name)
	}
	return is.Limits.Check(is.Name)
}
