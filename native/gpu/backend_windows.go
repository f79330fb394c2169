package gpu

import (
	_ "github.com/gogpu/wgpu/hal/dx12" // ways to the GPU
	_ "github.com/gogpu/wgpu/hal/vulkan"
)
