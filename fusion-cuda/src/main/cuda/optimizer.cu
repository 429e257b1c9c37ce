// The optimiser's step and copies of parameters. Host: CudaOptimizerKernels. Contract: OptimizerKernelsContract.
//
// Flat buffers of all students; part i is elements bounds[2 i] .. bounds[2 i + 1] - 1. Blocks of 256 threads, grid x over elements
// of a part, grid y over parts, both free.
#include "kernels.cuh"

struct AdamW {
    float beta1, beta2, rest1, rest2, shrink, rate, correct, epsilon;

    // FLUSH leaves normal moments as they are and makes 0 of those below 1e-27, as on the CPU, where denormals are slow.
    __device__ __forceinline__ void operator()(float &p, float g, float &m, float &v) const {
        constexpr float FLUSH = 1e-20f;
        m = beta1 * m + rest1 * g + FLUSH - FLUSH;
        v = beta2 * v + rest2 * g * g + FLUSH - FLUSH;
        p = p * shrink - rate * m / (sqrtf(v * correct) + epsilon);
    }
};

// m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, p = p (1 - lr decay) - lr m corrections[0] / (sqrt(v corrections[1]) + eps);
// corrections = 1 / (1 - beta^t) for both betas, read from memory, so that a recorded step can be repeated with another t.
// Launch: x over the longest part / 4, y over parts; no shared memory. Bytes moved: 28 an element (4 read, 3 written), none twice.
// The four buffers start alike, so a part that starts anywhere is still read by 16 bytes after at most 3 single elements.
extern "C" __global__ void adamw_f32(float *p, const float *g, float *m, float *v, const int *bounds, int parts, float lr,
    float beta1, float beta2, float epsilon, float decay, const float *corrections) {
    const AdamW step{beta1, beta2, 1.f - beta1, 1.f - beta2, 1.f - lr * decay, lr * corrections[0], corrections[1], epsilon};
    for (int part = blockIdx.y; part < parts; part += gridDim.y) {
        const int from = bounds[2 * part];
        const unsigned offset = offset16(p + from);
        const bool alike = offset16(g + from) == offset && offset16(m + from) == offset && offset16(v + from) == offset;
        const Quads cut(p + from, alike, bounds[2 * part + 1] - from);
        for (long long q = first_of_grid(); q < cut.count; q += step_of_grid()) {
            const long long i = from + cut.quad(q);
            float4 value = load4(p + i), first = load4(m + i), second = load4(v + i);
            const float4 gradient = load4(g + i);
            step(value.x, gradient.x, first.x, second.x);
            step(value.y, gradient.y, first.y, second.y);
            step(value.z, gradient.z, first.z, second.z);
            step(value.w, gradient.w, first.w, second.w);
            store4(p + i, value);
            store4(m + i, first);
            store4(v + i, second);
        }
        for (long long r = first_of_grid(); r < cut.singles; r += step_of_grid()) {
            const long long i = from + cut.single(r);
            step(p[i], g[i], m[i], v[i]);
        }
    }
}

// target = source on the given parts, untouched elsewhere.
// Launch: x over the longest part / 4, y over parts; no shared memory. Bytes moved: 8 an element.
extern "C" __global__ void copy_parts_f32(float *target, const float *source, const int *bounds, int parts) {
    for (int part = blockIdx.y; part < parts; part += gridDim.y) {
        const int from = bounds[2 * part];
        map(target + from, source + from, bounds[2 * part + 1] - from, [](float, float value) { return value; });
    }
}
