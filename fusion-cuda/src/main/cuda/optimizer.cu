// The optimiser's step, copies, rescaling and noise of parameters. Host: CudaOptimizerKernels. Contract: OptimizerKernelsContract.
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

// target = origin + factor[i] (target - origin) on part i, untouched elsewhere; a table of factors, one a part.
// Launch: x over the longest part / 4, y over parts; no shared memory. Bytes moved: 12 an element.
extern "C" __global__ void rescale_parts_f32(
    float *target, const float *origin, const int *bounds, int parts, const float *const *factors) {
    for (int part = blockIdx.y; part < parts; part += gridDim.y) {
        const int from = bounds[2 * part];
        const float factor = factors[part][0];
        map(target + from, origin + from, bounds[2 * part + 1] - from,
            [=](float value, float start) { return start + factor * (value - start); });
    }
}

// The sum over the block, in every thread; the whole block must call. `shared` holds BLOCK floats.
__device__ __forceinline__ float block_sum(float value, float *shared) {
    shared[threadIdx.x] = value;
    __syncthreads();
    for (int apart = BLOCK / 2; apart > 0; apart /= 2) {
        if (threadIdx.x < apart) {
            shared[threadIdx.x] += shared[threadIdx.x + apart];
        }
        __syncthreads();
    }
    const float sum = shared[0];
    __syncthreads();
    return sum;
}

// target[e] += deviation z on each part, deviation = that of the part's elements before, z = NormalNoise of (seed, ids[i], e), e from
// the part's start: sqrt(-2 ln u) cos(2 pi v). The seed is read from memory, so that a recorded step can be repeated with another one.
// Launch: one block a part, y over parts; BLOCK floats of shared memory, static. Bytes moved: 16 an element, of which 8 from caches.
extern "C" __global__ void noise_parts_f32(float *target, const int *bounds, int parts, const int *ids, const unsigned *seed) {
    __shared__ float sums[BLOCK];
    if (blockIdx.x > 0) { // a part's deviation must be known before anything of it is changed
        return;
    }
    for (int part = blockIdx.y; part < parts; part += gridDim.y) {
        float *values = target + bounds[2 * part];
        const int count = bounds[2 * part + 1] - bounds[2 * part];
        float sum = 0.f;
        for (int i = threadIdx.x; i < count; i += BLOCK) {
            sum += values[i];
        }
        const float mean = block_sum(sum, sums) / fmaxf(1.f, static_cast<float>(count));
        float squares = 0.f;
        for (int i = threadIdx.x; i < count; i += BLOCK) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        const float deviation = sqrtf(block_sum(squares, sums) / fmaxf(1.f, static_cast<float>(count)));
        const unsigned key = key_of(seed, ids[part]);
        for (int i = threadIdx.x; i < count; i += BLOCK) {
            const unsigned e = 2u * static_cast<unsigned>(i);
            const float u = static_cast<float>((mixed(key + e * 0x9E3779B9u) >> 8) + 1u) * 5.9604644775390625e-8f;
            const float v = static_cast<float>(mixed(key + (e + 1u) * 0x9E3779B9u) >> 8) * 5.9604644775390625e-8f;
            values[i] += deviation * sqrtf(-2.f * logf(u)) * cosf(6.28318530717958648f * v);
        }
    }
}
