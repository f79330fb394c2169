//go:build !windows && !darwin

package gpu

import _ "github.com/gogpu/wgpu/hal/vulkan" // the way to the GPU
