// All kernels in one module, for the PTX that is shipped.
#include "dense.cu"
#include "fusion.cu"
#include "gate.cu"
#include "loss.cu"
#include "optimizer.cu"
