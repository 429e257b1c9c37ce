// Dense layers without their products, and row gathers. Host: CudaDenseKernels. Contract: DenseKernelsContract.
//
// All kernels: blocks of 256 threads, grid x over elements, grid y over students, both free. They move memory and little else, so
// they use 16-byte accesses where the operands lie alike (a misaligned start is peeled off), and no division inside their loops.
#include "kernels.cuh"

// y[s][i][j] = b[s][j]; y [rows, width], b [1, width].
// Launch: x over rows * width / 4, y over students; no shared memory. Bytes moved: 4 rows width written; b stays in the caches.
extern "C" __global__ void bias_f32(float *const *y, const float *const *b, int students, int rows, int width) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        float *to = y[s];
        const float *from = b[s];
        const bool vectors = width % 4 == 0 && offset16(to) == 0 && offset16(from) == 0;
        const int apart = vectors ? 4 : 1;
        const long long area = static_cast<long long>(rows) * (width / apart);
        Walk at(first_of_grid(), step_of_grid(), width / apart);
        for (long long i = first_of_grid(); i < area; i += step_of_grid(), at.next()) {
            if (vectors) {
                store4(to + 4 * i, load4(from + 4 * at.col));
            } else {
                to[i] = from[at.col];
            }
        }
    }
}

// y = max(0, y) in place, elements of y: area.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 8 area.
extern "C" __global__ void relu_f32(float *const *y, int students, long long area) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(y[s], area, [](long long, float v) { return v > 0.f || v != v ? v : 0.f; }); // NaN stays, as in Math.max
    }
}

// dY = dY where y > 0, else 0; y is the activation's output.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 12 area.
extern "C" __global__ void relu_backward_f32(float *const *dY, const float *const *y, int students, long long area) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(dY[s], y[s], area, [](float gradient, float output) { return output > 0.f ? gradient : 0.f; });
    }
}

// y = 1 / (1 + exp(-y)) in place, elements of y: area; exp of what is not above 0, which cannot overflow.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 8 area.
extern "C" __global__ void sigmoid_f32(float *const *y, int students, long long area) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(y[s], area, [](long long, float v) {
            const float e = expf(-fabsf(v));
            return (v < 0.f ? e : 1.f) / (1.f + e);
        });
    }
}

// dY = dY y (1 - y); y is the activation's output.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 12 area.
extern "C" __global__ void sigmoid_backward_f32(float *const *dY, const float *const *y, int students, long long area) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(dY[s], y[s], area, [](float gradient, float output) { return gradient * (output * (1.f - output)); });
    }
}

// y = 1 / sqrt(y) in place where y > 1e-12, else 0, elements of y: area.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 8 area.
extern "C" __global__ void inverse_root_f32(float *const *y, int students, long long area) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(y[s], area, [](long long, float v) { return v > 1e-12f ? 1.f / sqrtf(v) : 0.f; });
    }
}

// dY = -dY y^3 / 2; y is the activation's output.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 12 area.
extern "C" __global__ void inverse_root_backward_f32(float *const *dY, const float *const *y, int students, long long area) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(dY[s], y[s], area, [](float gradient, float output) { return gradient * (-0.5f * output * output * output); });
    }
}

// dY = y (dY - sum over the row of dY y) in place; y is the softmax, both [rows, cols].
// Launch: x over rows * min(cols, 32), y over students; no shared memory. Bytes moved: 12 rows cols; a row's second reading hits the
// caches. A group of up to 32 lanes works on a row.
extern "C" __global__ void softmax_backward_f32(float *const *dY, const float *const *y, int students, int rows, int cols) {
    const int lanes = power_of_two(cols, 32);
    const int lane = threadIdx.x % lanes;
    const int groups = BLOCK / lanes;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        for (long long base = static_cast<long long>(blockIdx.x) * groups; base < rows; base += static_cast<long long>(gridDim.x) * groups) {
            const long long row = base + threadIdx.x / lanes;
            const int width = row < rows ? cols : 0; // lanes without a row still take part in the sums
            float *gradient = dY[s] + row * cols;
            const float *p = y[s] + row * cols;
            float mean = 0.f;
            for (int c = lane; c < width; c += lanes) {
                mean += gradient[c] * p[c];
            }
            mean = group_sum(mean, lanes);
            for (int c = lane; c < width; c += lanes) {
                gradient[c] = p[c] * (gradient[c] - mean);
            }
        }
    }
}

// dB[s][j] = sum over rows of dY[s][i][j]; dB [1, width].
// Launch: x over columns (a block takes up to 32, more if there are few rows), y over students; no dynamic shared memory.
// Bytes moved: 4 rows width. Neighbouring lanes read neighbouring columns; up to 256 / lanes strands take every so many-th row and
// meet in a tree in shared memory. The order follows from (rows, width).
extern "C" __global__ void bias_backward_f32(float *const *dB, const float *const *dY, int students, int rows, int width) {
    __shared__ float shared[BLOCK];
    const Cut cut(width, rows);
    const int tile = cut.lanes * cut.items;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const float *from = dY[s];
        for (long long base = static_cast<long long>(blockIdx.x) * tile; base < width; base += static_cast<long long>(gridDim.x) * tile) {
            const long long col = base + cut.item * cut.lanes + cut.lane;
            float sum = 0.f;
            if (col < width) {
#pragma unroll 4
                for (int row = cut.strand; row < rows; row += cut.strands) {
                    sum += from[static_cast<long long>(row) * width + col];
                }
            }
            sum = cut.sum_of_strands(sum, shared);
            if (cut.strand == 0 && col < width) {
                dB[s][col] = sum;
            }
        }
    }
}

// y += x, both of area elements.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 12 area.
extern "C" __global__ void add_f32(float *const *y, const float *const *x, int students, long long area) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(y[s], x[s], area, [](float sum, float part) { return sum + part; });
    }
}

// Inverted dropout in place: y[i] = hash(seed, student, i) >= threshold ? y[i] / (1 - rate) : 0, bit for bit as DropoutMask says;
// ids[s] is the student number of table entry s, threshold = DropoutMask.threshold(rate). The seed, low half first, is read from memory,
// so that a recorded step can be repeated with another one.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 8 area; the mask is computed, never stored.
extern "C" __global__ void dropout_f32(
    float *const *y, const int *ids, int students, long long area, float rate, unsigned threshold, const unsigned *seed) {
    const float kept = 1.f - rate;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const unsigned key = key_of(seed, ids[s]);
        map(y[s], area, [=](long long i, float v) {
            return mixed(key + static_cast<unsigned>(i) * 0x9E3779B9u) >= threshold ? v / kept : 0.f;
        });
    }
}

// y = value, elements of y: area.
// Launch: x over area / 4, y over students; no shared memory. Bytes moved: 4 area.
extern "C" __global__ void fill_f32(float *const *y, int students, long long area, float value) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        map(y[s], area, [=](long long, float) { return value; });
    }
}

// out[s][i] = source[s][rows[from + i]], i < n; rows of cols floats.
// Launch: x over n * cols / 4, y over students; no shared memory. Bytes moved: 8 n cols + 4 n. A group of up to 32 lanes copies a
// row, so that short rows share a warp and long ones are read in whole lines.
extern "C" __global__ void gather_f32(
    float *const *out, const float *const *source, const int *rows, int from, int students, int n, int cols) {
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        const bool vectors = cols % 4 == 0 && offset16(out[s]) == 0 && offset16(source[s]) == 0;
        const int width = vectors ? cols / 4 : cols;
        const int lanes = power_of_two(width, 32);
        for (long long i = first_of_grid() / lanes; i < n; i += step_of_grid() / lanes) {
            float *to = out[s] + i * cols;
            const float *row = source[s] + static_cast<long long>(rows[from + i]) * cols;
            for (int c = threadIdx.x % lanes; c < width; c += lanes) {
                if (vectors) {
                    store4(to + 4 * c, load4(row + 4 * c));
                } else {
                    to[c] = row[c];
                }
            }
        }
    }
}

// p = softmax of each row of logits / temperature; both [rows, cols], p may be logits.
// Launch: x over rows * min(cols, 32), y over students; no shared memory. Bytes moved: 8 rows cols; a row's second and third reading
// hit the caches. A group of up to 32 lanes works on a row; the largest logit is subtracted first, so any finite row is safe.
extern "C" __global__ void softmax_f32(
    float *const *p, const float *const *logits, int students, int rows, int cols, float temperature) {
    const int lanes = power_of_two(cols, 32);
    const int lane = threadIdx.x % lanes;
    const int groups = BLOCK / lanes;
    const float scale = 1.f / temperature;
    for (int s = blockIdx.y; s < students; s += gridDim.y) {
        for (long long base = static_cast<long long>(blockIdx.x) * groups; base < rows; base += static_cast<long long>(gridDim.x) * groups) {
            const long long row = base + threadIdx.x / lanes;
            const int width = row < rows ? cols : 0; // lanes without a row still take part in the sums
            const float *from = logits[s] + row * cols;
            float *to = p[s] + row * cols;
            float most = negative_infinity();
            for (int c = lane; c < width; c += lanes) {
                most = fmaxf(most, from[c]);
            }
            most = group_max(most, lanes);
            float sum = 0.f;
            for (int c = lane; c < width; c += lanes) {
                sum += expf((from[c] - most) * scale);
            }
            const float inverse = 1.f / group_sum(sum, lanes);
            for (int c = lane; c < width; c += lanes) {
                to[c] = expf((from[c] - most) * scale) * inverse;
            }
        }
    }
}
