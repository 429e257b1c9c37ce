// What the kernels of all families share: 16-byte access, walks over rows, groups of lanes and their sums.
//
// Conventions. Every kernel is launched with blocks of BLOCK threads in x. Grids are free: kernels stride over their work by x, and
// over students (entries of the pointer tables) by y. A sum is always taken in an order that follows from the sizes alone, so the
// grid cannot change a bit of a result. Matrices are row-major and dense and may start at any multiple of 4 bytes.
#pragma once

#ifndef CUDA_ON_CPU // the CPU test build brings its own versions
#define DYNAMIC_SHARED(name) extern __shared__ float name[]
#define REQUIRE_ALIGNED(pointer, bytes)
#endif

constexpr int BLOCK = 256;
constexpr unsigned ALL_LANES = 0xffffffffu;

// ---- 16-byte access

__device__ __forceinline__ unsigned offset16(const void *pointer) {
    return static_cast<unsigned>(reinterpret_cast<unsigned long long>(pointer) & 15);
}

__device__ __forceinline__ float4 load4(const float *from) {
    REQUIRE_ALIGNED(from, 16);
    return *reinterpret_cast<const float4 *>(from);
}

__device__ __forceinline__ void store4(float *to, float4 value) {
    REQUIRE_ALIGNED(to, 16);
    *reinterpret_cast<float4 *>(to) = value;
}

__device__ __forceinline__ float4 reversed(float4 v) { return make_float4(v.w, v.z, v.y, v.x); }

// A flat range cut into a head of single floats, whole 16-byte quads, and a tail of single floats. `alike` says whether all operands
// are equally far from a 16-byte boundary; if not, everything is head.
struct Quads {
    long long head, count, singles;

    __device__ __forceinline__ Quads(const float *base, bool alike, long long area) {
        const long long lead = (16 - offset16(base)) / 4 % 4;
        count = alike && area > lead ? (area - lead) / 4 : 0;
        head = count > 0 ? lead : area;
        singles = area - 4 * count;
    }

    __device__ __forceinline__ long long quad(long long q) const { return head + 4 * q; }
    __device__ __forceinline__ long long single(long long i) const { return i < head ? i : i + 4 * count; }
};

__device__ __forceinline__ long long first_of_grid() { return static_cast<long long>(blockIdx.x) * BLOCK + threadIdx.x; }
__device__ __forceinline__ long long step_of_grid() { return static_cast<long long>(gridDim.x) * BLOCK; }

// y[i] = op(i, y[i]) for all i < area.
template <class Op> __device__ __forceinline__ void map(float *y, long long area, Op op) {
    const Quads cut(y, true, area);
    for (long long q = first_of_grid(); q < cut.count; q += step_of_grid()) {
        const long long i = cut.quad(q);
        const float4 v = load4(y + i);
        store4(y + i, make_float4(op(i, v.x), op(i + 1, v.y), op(i + 2, v.z), op(i + 3, v.w)));
    }
    for (long long r = first_of_grid(); r < cut.singles; r += step_of_grid()) {
        const long long i = cut.single(r);
        y[i] = op(i, y[i]);
    }
}

// y[i] = op(y[i], x[i]) for all i < area.
template <class Op> __device__ __forceinline__ void map(float *y, const float *x, long long area, Op op) {
    const Quads cut(y, offset16(y) == offset16(x), area);
    for (long long q = first_of_grid(); q < cut.count; q += step_of_grid()) {
        const long long i = cut.quad(q);
        const float4 v = load4(y + i), u = load4(x + i);
        store4(y + i, make_float4(op(v.x, u.x), op(v.y, u.y), op(v.z, u.z), op(v.w, u.w)));
    }
    for (long long r = first_of_grid(); r < cut.singles; r += step_of_grid()) {
        const long long i = cut.single(r);
        y[i] = op(y[i], x[i]);
    }
}

// ---- random numbers: a hash of a counter

// The 32-bit finaliser of MurmurHash3, as in org.metafusion.core.tensor.DropoutMask.
__device__ __forceinline__ unsigned mixed(unsigned h) {
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    h ^= h >> 13;
    h *= 0xC2B2AE35u;
    h ^= h >> 16;
    return h;
}

// The key of one student's matrix in one call, as DropoutMask.key; the seed's low half comes first.
__device__ __forceinline__ unsigned key_of(const unsigned *seed, int student) {
    const unsigned high = seed[1];
    return mixed(seed[0] ^ mixed(high + 0x9E3779B9u * (static_cast<unsigned>(student) + 1u)));
}

// ---- rows and columns

// The row and column of a flat index that grows by a fixed step: one division at the start, none on the way.
struct Walk {
    long long row, rowStep;
    unsigned col, colStep, width;

    __device__ __forceinline__ Walk(long long first, long long step, int width) : width(width) {
        divide(first, row, col);
        divide(step, rowStep, colStep);
    }

    __device__ __forceinline__ void divide(long long index, long long &quotient, unsigned &rest) const {
        if (index >> 32 == 0) { // nearly always, and several times faster
            const unsigned small = static_cast<unsigned>(index);
            quotient = small / width;
            rest = small % width;
        } else {
            quotient = index / width;
            rest = static_cast<unsigned>(index % width);
        }
    }

    __device__ __forceinline__ void next() {
        row += rowStep;
        col += colStep;
        if (col >= width) {
            col -= width;
            ++row;
        }
    }
};

// ---- groups of lanes: 1, 2, 4, ... 32 neighbouring lanes work on one row, so that short rows do not leave a warp idle

__device__ __forceinline__ int power_of_two(int count, int most) {
    int lanes = 1;
    while (lanes < count && lanes < most) {
        lanes *= 2;
    }
    return lanes;
}

// The sum over the group, in every lane; all lanes of the warp must call.
template <class T> __device__ __forceinline__ T group_sum(T value, int lanes) {
    for (int apart = lanes / 2; apart > 0; apart /= 2) {
        value += __shfl_xor_sync(ALL_LANES, value, apart);
    }
    return value;
}

__device__ __forceinline__ float group_max(float value, int lanes) {
    for (int apart = lanes / 2; apart > 0; apart /= 2) {
        value = fmaxf(value, __shfl_xor_sync(ALL_LANES, value, apart));
    }
    return value;
}

__device__ __forceinline__ float negative_infinity() { return __int_as_float(static_cast<int>(0xff800000u)); }

// A block cut in three: `lanes` side by side over columns, `strands` over the lines that are summed, `items` over results.
struct Cut {
    int lanes, strands, items, lane, strand, item;

    __device__ __forceinline__ Cut(int columns, int lines) {
        lanes = power_of_two(columns, 32);
        strands = power_of_two(lines, BLOCK / lanes);
        items = BLOCK / (lanes * strands);
        lane = threadIdx.x % lanes;
        strand = threadIdx.x / lanes % strands;
        item = threadIdx.x / (lanes * strands);
    }

    // The sum of `value` over the strands, valid in strand 0; the whole block must call. `shared` holds BLOCK floats.
    __device__ __forceinline__ float sum_of_strands(float value, float *shared) const {
        shared[threadIdx.x] = value;
        __syncthreads();
        for (int apart = strands / 2; apart > 0; apart /= 2) {
            if (strand < apart) {
                shared[threadIdx.x] += shared[threadIdx.x + apart * lanes];
            }
            __syncthreads();
        }
        const float sum = shared[threadIdx.x];
        __syncthreads();
        return sum;
    }
};
