// Gates: matrices multiplied element by element, or each row by one number. Host: CudaGateKernels. Contract: GateKernelsContract.
//
// Blocks of 256 threads, grid x over elements or rows, grid y over students, both free. A wide matrix is `blocks` blocks of `width`
// columns side by side. A target may be an operand, but not the gates of gate_rows: every element is written by the thread that read it.
#include "kernels.cuh"

// out[i][c] = x[i][c mod width] g[i][c]; x [n, width], out, g [n, blocks * width].
// Launch: x over n * blocks * width / 4, y over students; no shared memory. Bytes moved: 8 n blocks width + 4 n width; x is read again
// for each block from the L1 cache.
extern "C" __global__ void gate_f32(
    float *const *out, const float *const *x, const float *const *g, int students, int n, int width, int blocks) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const bool vectors = width % 4 == 0 && offset16(out[s]) == 0 && offset16(x[s]) == 0 && offset16(g[s]) == 0;
        const int apart = vectors ? 4 : 1;
        Walk at(first_of_grid(), step_of_grid(), width / apart); // at.row is a block of a row
        for (long long i = first_of_grid(), area = static_cast<long long>(n) * blocks * (width / apart); i < area;
             i += step_of_grid(), at.next()) {
            const float *from = x[s] + at.row / blocks * width + apart * at.col;
            if (vectors) {
                const float4 a = load4(from), b = load4(g[s] + 4 * i);
                store4(out[s] + 4 * i, make_float4(a.x * b.x, a.y * b.y, a.z * b.z, a.w * b.w));
            } else {
                out[s][i] = *from * g[s][i];
            }
        }
    }
}

// y[i][j] += sum over b of x[i][b * width + j] g[i][b * width + j]; y [n, width], x, g [n, blocks * width]. Blocks are summed in order.
// Launch: x over n * width, y over students; no shared memory. Bytes moved: 8 n blocks width + 8 n width.
extern "C" __global__ void add_gated_f32(
    float *const *y, const float *const *x, const float *const *g, int students, int n, int width, int blocks) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        Walk at(first_of_grid(), step_of_grid(), width);
        for (; at.row < n; at.next()) {
            const long long first = at.row * blocks * width + at.col;
            float sum = 0.f;
#pragma unroll 4
            for (int b = 0; b < blocks; ++b) {
                const long long i = first + static_cast<long long>(b) * width;
                sum += x[s][i] * g[s][i];
            }
            y[s][at.row * width + at.col] += sum;
        }
    }
}

// out[i][j] = x[i][j] g[i][column]; out, x [n, width], g [n, gates].
// Launch: x over n * width, y over students; no shared memory. Bytes moved: 8 n width; a row's gate is one broadcast.
extern "C" __global__ void gate_rows_f32(float *const *out, const float *const *x, const float *const *g, int students, int n, int width,
    int gates, int column) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        long long i = first_of_grid();
        for (Walk at(i, step_of_grid(), width); at.row < n; at.next(), i += step_of_grid()) {
            out[s][i] = x[s][i] * g[s][at.row * gates + column];
        }
    }
}

// dG[i][column] = sum over j of dOut[i][j] x[i][j]; dOut, x [n, width], dG [n, gates].
// Launch: x over n * min(width, 32), y over students; no shared memory. Bytes moved: 8 n width. A group of up to 32 lanes takes a row
// and sums by shuffles.
extern "C" __global__ void gate_rows_backward_f32(float *const *dG, const float *const *dOut, const float *const *x, int students, int n,
    int width, int gates, int column) {
    const int lanes = power_of_two(width, 32);
    const int lane = threadIdx.x % lanes;
    const int groups = BLOCK / lanes;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        for (long long base = static_cast<long long>(blockIdx.x) * groups; base < n; base += static_cast<long long>(gridDim.x) * groups) {
            const long long row = base + threadIdx.x / lanes;
            float sum = 0.f;
            for (int j = lane; row < n && j < width; j += lanes) {
                sum += dOut[s][row * width + j] * x[s][row * width + j];
            }
            sum = group_sum(sum, lanes);
            if (row < n && lane == 0) {
                dG[s][row * gates + column] = sum;
            }
        }
    }
}
