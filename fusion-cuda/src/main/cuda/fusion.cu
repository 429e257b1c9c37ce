// Product and tensor fusion. Host: CudaFusionKernels. Contract: FusionKernelsContract.
//
// Blocks of 256 threads, grid x over elements, lines or rows, grid y over students, both free. An apostrophe marks an input with a
// constant 1 appended where `augmented` is 1: x' = [x, 1] of width d' = d + augmented. The 1 is never stored or read.
#include "kernels.cuh"

// fused[j] = x[j] y[j], fused[d + j] = x[j] y[d - 1 - j]; x, y [n, d], fused [n, 2 d].
// Launch: x over n * d / 4, y over students; no shared memory. Bytes moved: 16 n d. The mirrored y is the same row read backwards,
// which the L1 cache serves; a 16-byte quad is mirrored in registers.
extern "C" __global__ void product_forward_f32(
    float *const *fused, const float *const *x, const float *const *y, int students, int n, int d) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const bool vectors = d % 4 == 0 && offset16(fused[s]) == 0 && offset16(x[s]) == 0 && offset16(y[s]) == 0;
        const int apart = vectors ? 4 : 1;
        Walk at(first_of_grid(), step_of_grid(), d / apart);
        for (; at.row < n; at.next()) {
            const int j = apart * at.col;
            const float *left = x[s] + at.row * d + j;
            const float *right = y[s] + at.row * d;
            float *to = fused[s] + at.row * 2 * d + j;
            if (vectors) {
                const float4 a = load4(left), b = load4(right + j), c = reversed(load4(right + d - 4 - j));
                store4(to, make_float4(a.x * b.x, a.y * b.y, a.z * b.z, a.w * b.w));
                store4(to + d, make_float4(a.x * c.x, a.y * c.y, a.z * c.z, a.w * c.w));
            } else {
                to[0] = *left * right[j];
                to[d] = *left * right[d - 1 - j];
            }
        }
    }
}

__device__ __forceinline__ float4 two_products(float4 a, float4 b, float4 c, float4 d) {
    return make_float4(a.x * b.x + c.x * d.x, a.y * b.y + c.y * d.y, a.z * b.z + c.z * d.z, a.w * b.w + c.w * d.w);
}

// dX[j] = dF[j] y[j] + dF[d + j] y[d - 1 - j], dY[j] = dF[j] x[j] + dF[2 d - 1 - j] x[d - 1 - j].
// Launch: x over n * d / 4, y over students; no shared memory. Bytes moved: 24 n d; the mirrored readings hit the L1 cache.
extern "C" __global__ void product_backward_f32(float *const *dX, float *const *dY, const float *const *dFused,
    const float *const *x, const float *const *y, int students, int n, int d) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const bool vectors = d % 4 == 0 && offset16(dFused[s]) == 0 && offset16(x[s]) == 0 && offset16(y[s]) == 0
                && offset16(dX[s]) == 0 && offset16(dY[s]) == 0;
        const int apart = vectors ? 4 : 1;
        Walk at(first_of_grid(), step_of_grid(), d / apart);
        for (; at.row < n; at.next()) {
            const int j = apart * at.col, mirror = d - apart - j;
            const long long row = at.row * d;
            const float *gradient = dFused[s] + 2 * row;
            const float *left = x[s] + row;
            const float *right = y[s] + row;
            if (vectors) {
                const float4 plain = load4(gradient + j);
                store4(dX[s] + row + j,
                    two_products(plain, load4(right + j), load4(gradient + d + j), reversed(load4(right + mirror))));
                store4(dY[s] + row + j, two_products(plain, load4(left + j), reversed(load4(gradient + d + mirror)),
                                            reversed(load4(left + mirror))));
            } else {
                dX[s][row + j] = gradient[j] * right[j] + gradient[d + j] * right[mirror];
                dY[s][row + j] = gradient[j] * left[j] + gradient[d + mirror] * left[mirror];
            }
        }
    }
}

// fused[a][b] = x'[a] y'[b] of each row, one student; x' has `lines` entries (d of them stored), y' `cols` (e of them stored).
// A group of up to 32 lanes writes a line (a): its factor is one broadcast, its y' a row that stays in the L1 cache.
__device__ __forceinline__ void outer_product(
    float *fused, const float *x, const float *y, int n, int d, int e, int lines, int cols) {
    const bool vectors = cols == e && e % 4 == 0 && offset16(fused) == 0 && offset16(y) == 0;
    const int width = vectors ? cols / 4 : cols;
    const int lanes = power_of_two(width, 32);
    Walk at(first_of_grid() / lanes, step_of_grid() / lanes, lines);
    for (; at.row < n; at.next()) {
        const int a = at.col;
        const float factor = a < d ? x[at.row * d + a] : 1.f;
        const float *right = y + at.row * e;
        float *to = fused + (at.row * lines + a) * cols;
        for (int b = threadIdx.x % lanes; b < width; b += lanes) {
            if (vectors) {
                const float4 v = load4(right + 4 * b);
                store4(to + 4 * b, make_float4(factor * v.x, factor * v.y, factor * v.z, factor * v.w));
            } else {
                to[b] = b < e ? factor * right[b] : factor;
            }
        }
    }
}

// fused[a e' + b] = x'[a] y'[b]; x [n, d], y [n, e], fused [n, d' e'].
// Launch: x over n * d' * min(e', 32), y over students; no shared memory. Bytes moved: 4 n d' e' written, little read.
extern "C" __global__ void outer_forward_f32(
    float *const *fused, const float *const *x, const float *const *y, int students, int n, int d, int e, int augmented) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        outer_product(fused[s], x[s], y[s], n, d, e, d + augmented, e + augmented);
    }
}

// dX[a] = sum over b of dF[a][b] y'[b] and dY[b] = sum over a of dF[a][b] x'[a], a < d, b < e; dFused [n, d' e'].
// Launch: x over rows (a block takes one; several if d' e' is small), y over students; no dynamic shared memory (4 KB static).
// Bytes moved: 4 n d' e' read once for both gradients: a strand of lanes takes every so many-th line a, finishes dX[a] with shuffles
// and keeps its part of dY in registers, 4 columns a lane; the strands' parts meet in a tree in shared memory.
extern "C" __global__ void outer_backward_f32(float *const *dX, float *const *dY, const float *const *dFused,
    const float *const *x, const float *const *y, int students, int n, int d, int e, int augmented) {
    constexpr int COLUMNS = 4;
    __shared__ float shared[BLOCK];
    const int lines = d + augmented, cols = e + augmented;
    const Cut cut(cols, lines);
    const int rounds = (lines + cut.strands - 1) / cut.strands;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        for (long long base = static_cast<long long>(blockIdx.x) * cut.items; base < n; base += static_cast<long long>(gridDim.x) * cut.items) {
            const long long row = base + cut.item;
            const bool live = row < n;
            const float *gradient = dFused[s] + row * lines * cols;
            for (long long tile = 0; tile < cols; tile += COLUMNS * cut.lanes) {
                float right[COLUMNS], sums[COLUMNS];
                for (int t = 0; t < COLUMNS; ++t) {
                    const long long b = tile + t * cut.lanes + cut.lane;
                    right[t] = !live || b >= cols ? 0.f : b < e ? y[s][row * e + b] : 1.f;
                    sums[t] = 0.f;
                }
                for (int round = 0; round < rounds; ++round) { // all lanes together: they meet in the shuffles
                    const long long a = static_cast<long long>(round) * cut.strands + cut.strand;
                    float dot = 0.f;
                    if (live && a < lines) {
                        const float factor = a < d ? x[s][row * d + a] : 1.f;
#pragma unroll
                        for (int t = 0; t < COLUMNS; ++t) {
                            const long long b = tile + t * cut.lanes + cut.lane;
                            const float v = b < cols ? gradient[a * cols + b] : 0.f;
                            dot += v * right[t];
                            sums[t] += v * factor;
                        }
                    }
                    dot = group_sum(dot, cut.lanes);
                    if (live && a < d && cut.lane == 0) { // the same thread at every tile
                        dX[s][row * d + a] = tile == 0 ? dot : dX[s][row * d + a] + dot;
                    }
                }
                for (int t = 0; t < COLUMNS; ++t) {
                    const long long b = tile + t * cut.lanes + cut.lane;
                    const float sum = cut.sum_of_strands(sums[t], shared);
                    if (live && b < e && cut.strand == 0) {
                        dY[s][row * e + b] = sum;
                    }
                }
            }
        }
    }
}

// out [n, d + 1] = x [n, d] with a column of ones after it.
// Launch: x over n * (d + 1), y over students; no shared memory. Bytes moved: 8 n d + 4 n.
extern "C" __global__ void append_ones_f32(float *const *out, const float *const *x, int students, int n, int d) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        long long i = first_of_grid();
        for (Walk at(i, step_of_grid(), d + 1); at.row < n; at.next(), i += step_of_grid()) {
            out[s][i] = at.col < static_cast<unsigned>(d) ? x[s][i - at.row] : 1.f;
        }
    }
}

// out [n, d] = the first d columns of x [n, d + 1].
// Launch: x over n * d, y over students; no shared memory. Bytes moved: 8 n d.
extern "C" __global__ void drop_last_f32(float *const *out, const float *const *x, int students, int n, int d) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        long long i = first_of_grid();
        for (Walk at(i, step_of_grid(), d); at.row < n; at.next(), i += step_of_grid()) {
            out[s][i] = x[s][i + at.row];
        }
    }
}

// out[i][k] += sum over b of y'[i][b] t[i][b][k]; t [n, e', width], y [n, e], out [n, width].
// Launch: x over n * (columns in tiles of up to 32), y over students; no dynamic shared memory. Bytes moved: 4 n e' width, each
// float of t once. Lanes over columns, strands over b, several rows a block where e' width is small; strands meet in a tree.
extern "C" __global__ void bilinear_contract_f32(float *const *out, const float *const *t, const float *const *y, int students,
    int n, int e, int width, int augmented) {
    __shared__ float shared[BLOCK];
    const int lines = e + augmented;
    const Cut cut(width, lines);
    const int tiles = (width + cut.lanes - 1) / cut.lanes;
    const long long work = static_cast<long long>(n) * tiles;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const long long step = static_cast<long long>(gridDim.x) * cut.items;
        long long base = static_cast<long long>(blockIdx.x) * cut.items;
        for (Walk at(base + cut.item, step, tiles); base < work; base += step, at.next()) {
            const long long row = at.row;
            const int k = at.col * cut.lanes + cut.lane;
            const bool live = row < n && k < width;
            float sum = 0.f;
            if (live) {
                const float *lineOf = t[s] + row * lines * width + k;
                const float *factors = y[s] + row * e;
#pragma unroll 4
                for (int b = cut.strand; b < lines; b += cut.strands) {
                    sum += (b < e ? factors[b] : 1.f) * lineOf[static_cast<long long>(b) * width];
                }
            }
            sum = cut.sum_of_strands(sum, shared);
            if (live && cut.strand == 0) {
                out[s][row * width + k] += sum;
            }
        }
    }
}

// t[i][b][k] = y'[i][b] dOut[i][k]; y [n, e], dOut [n, width], t [n, e', width].
// Launch: x over n * e' * min(width, 32), y over students; no shared memory. Bytes moved: 4 n e' width written, little read.
extern "C" __global__ void bilinear_spread_f32(float *const *t, const float *const *y, const float *const *dOut, int students,
    int n, int e, int width, int augmented) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        outer_product(t[s], y[s], dOut[s], n, e, width, e + augmented, width);
    }
}

// dY[i][b] = sum over k of t[i][b][k] dOut[i][k], b < e; t [n, e', width], dOut [n, width], dY [n, e].
// Launch: x over n * e * min(width, 32), y over students; no shared memory. Bytes moved: 4 n e width. A group of up to 32 lanes
// takes a line (i, b) of t and sums by shuffles; dOut's row stays in the L1 cache.
extern "C" __global__ void bilinear_input_f32(float *const *dY, const float *const *t, const float *const *dOut, int students,
    int n, int e, int width, int augmented) {
    const int lanes = power_of_two(width, 32);
    const int lane = threadIdx.x % lanes;
    const int groups = BLOCK / lanes;
    const long long work = static_cast<long long>(n) * e;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const long long step = static_cast<long long>(gridDim.x) * groups;
        long long base = static_cast<long long>(blockIdx.x) * groups; // the same in the whole block: lanes meet in the shuffles
        for (Walk at(base + threadIdx.x / lanes, step, e); base < work; base += step, at.next()) {
            const long long item = base + threadIdx.x / lanes;
            float sum = 0.f;
            if (item < work) {
                const float *line = t[s] + (item + at.row * augmented) * width;
                const float *gradient = dOut[s] + at.row * width;
#pragma unroll 4
                for (int k = lane; k < width; k += lanes) {
                    sum += line[k] * gradient[k];
                }
            }
            sum = group_sum(sum, lanes);
            if (item < work && lane == 0) {
                dY[s][item] = sum;
            }
        }
    }
}
