package gpu

import _ "github.com/gogpu/wgpu/hal/metal" // the way to the GPU
