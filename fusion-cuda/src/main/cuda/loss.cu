// The loss of a whole cohort and its gradient. Host: CudaLossKernels. Contract: LossKernelsContract.
//
//   weights[s] [n, 1] is 1 where student s has its inputs and 0 where not; inverse[s] = 1 / sum of weights[s] (inverse_rows_f32).
//   totals[s] [1, 2] += (sum over rows of the task loss, sum of the divergence).
//   divergence [students, students]: row s says how much s learns from each peer; not read where rho is 0.
//
// How it works. The rows are cut into tiles; a block takes a tile for the whole cohort, row by row. Every student first puts what its
// peers need (softened probabilities, say) on a *board*; after a barrier each student takes the weighted sum over the board, four
// students at a time, and writes its gradient, once. The board is in shared memory, or, where one row of the whole cohort does not
// fit there, in `spill`. Without mutual learning (rho 0) every student is a cohort of its own. A group of 1 to 32 lanes works on a
// (student, row): short rows share a warp, and neighbouring groups read neighbouring rows. Sums of a tile go to `partial`; the last
// block to finish adds them up in the order of the tiles and resets `ticket`. No order depends on the grid.
//
// Launch, all four losses: grid x (y, z are 1) over units = cohorts * tiles, any number is right; block 256. With
//   c = the floats of one (student, row) on the board: 2 where rho is 0 and for the cooperative losses, else k + 7 for
//       classification and k + 3 for regression
//   cohort = students where rho is not 0, else 1;  cohorts = students / cohort (cooperative: cohort = cohorts = 1)
//   lanes = the smallest power of two >= min(m, 32), m = k + 2 for classification with rho not 0, else k
//   rows = max(1, min(256 / lanes / cohort, 12000 / (cohort c)))         divisions rounded down
//   steps = max(1, ceil(ceil(n / rows) / most)), most = max(8192 / students, cohort > 1 ? 256 : 1), students = 1 if cooperative
//   tiles = ceil(ceil(n / rows) / steps)
// dynamic shared memory is 4 cohort c rows bytes if cohort c <= 12000, else 0 (and one word static), and the scratch
//   partial: 2 students tiles floats (cooperative: 2 tiles);   spill: n cohort c floats if cohort c > 12000, else none (may be null)
//   ticket: one int, zeroed once by the host, left at zero by every launch.
// Bytes moved: outputs read once, gradients written once, 8 students n k; what is read again comes from the L1 and L2 caches.
#include "kernels.cuh"

constexpr int BOARD = 12000; // floats of the board in shared memory: 48 KB less a little
constexpr int ABREAST = 4;   // students that take the sum over the board together, so that a value read serves four
constexpr int OCCUPANCY = 4; // blocks a multiprocessor: holds the compiler to 64 registers, at a spill of at most 20 bytes

// ---- inverse_rows_f32

__device__ double sum_of_block(double value) {
    __shared__ double shared[BLOCK / 32];
    value = group_sum(value, 32);
    if (threadIdx.x % 32 == 0) {
        shared[threadIdx.x / 32] = value;
    }
    __syncthreads();
    double sum = 0;
    for (int warp = 0; warp < BLOCK / 32; ++warp) {
        sum += shared[warp];
    }
    __syncthreads();
    return sum;
}

// inverse[s] = 1 / sum over rows of weights[s], 0 if the sum is 0. If `together` is 1: inverse[0] alone, of the product of all
// students' weights, for the cooperative losses.
// Launch before the losses, again only when the weights change: x over students (1 if together), block 256, no dynamic shared memory.
// Bytes moved: 4 students n. It is a kernel of its own because the gradient of the first row needs the weights of all rows.
extern "C" __global__ void inverse_rows_f32(float *inverse, const float *const *weights, int students, int n, int together) {
    for (int s = blockIdx.x; s < (together ? 1 : students); s += gridDim.x) {
        double sum = 0;
        for (int row = threadIdx.x; row < n; row += BLOCK) {
            float weight = weights[s][row];
            for (int other = 1; together && other < students; ++other) {
                weight *= weights[other][row];
            }
            sum += weight;
        }
        sum = sum_of_block(sum);
        if (threadIdx.x == 0) {
            inverse[s] = sum > 0 ? static_cast<float>(1 / sum) : 0.f;
        }
    }
}

// ---- tiles, boards and totals, common to all losses

// How the rows of a cohort are cut; see the head of this file.
struct Tiling {
    int cohort, cohorts, columns, lanes, rows, steps, tiles;
    bool spilled;

    __device__ __forceinline__ Tiling(int students, bool mutual, int columns, int width, int n)
        : cohort(mutual ? students : 1), cohorts(mutual ? 1 : students), columns(columns), lanes(power_of_two(width, 32)) {
        const long long row = static_cast<long long>(cohort) * columns;
        const int fitting = static_cast<int>(BOARD / row);
        spilled = fitting == 0;
        rows = max(1, min(BLOCK / lanes / cohort, fitting));
        const int most = max(8192 / students, cohort > 1 ? 256 : 1);
        const int all = (n + rows - 1) / rows;
        steps = max(1, (all + most - 1) / most);
        tiles = (all + steps - 1) / steps;
    }
};

// What a block works on between two barriers: `count` rows of one cohort, and their board [cohort, rows, columns].
struct Step {
    const Tiling &cut;
    int student, row, count; // the first of each
    float *board;

    __device__ __forceinline__ int lane() const { return threadIdx.x % cut.lanes; }
    __device__ __forceinline__ float *at(int member, int r) const {
        return board + (static_cast<long long>(member) * cut.rows + r) * cut.columns;
    }
};

struct Scratch {
    float *partial, *spill;
    int *ticket;
};

enum Column { TASK, DIVERGENCE }; // the first two of every row on a board

// Visits (item / rows, item % rows) for items < parts * rows, one a group; dead lanes visit too, for the shuffles.
template <class Visit> __device__ __forceinline__ void each_group(const Step &step, int parts, Visit visit) {
    const int rows = step.cut.rows, groups = BLOCK / step.cut.lanes;
    for (int base = 0; base < parts * rows; base += groups) {
        const int item = base + threadIdx.x / step.cut.lanes;
        const int part = item / rows, r = item % rows;
        visit(part, r, part < parts && r < step.count);
    }
}

// Adds the tile's rows to partial, [students, tiles, 2]: a group of lanes a student. Earlier steps of the tile were this block's own.
__device__ __forceinline__ void sum_rows(const Step &step, int tile, bool first, float *partial) {
    const int lanes = power_of_two(step.cut.rows, 32);
    for (int base = 0; base < step.cut.cohort; base += BLOCK / lanes) {
        const int member = base + threadIdx.x / lanes;
        float task = 0.f, divergence = 0.f;
        for (int r = threadIdx.x % lanes; member < step.cut.cohort && r < step.count; r += lanes) {
            task += step.at(member, r)[TASK];
            divergence += step.at(member, r)[DIVERGENCE];
        }
        task = group_sum(task, lanes);
        divergence = group_sum(divergence, lanes);
        if (member < step.cut.cohort && threadIdx.x % lanes == 0) {
            float *to = partial + 2 * (static_cast<long long>(step.student + member) * step.cut.tiles + tile);
            to[TASK] = first ? task : __ldcg(to + TASK) + task;
            to[DIVERGENCE] = first ? divergence : __ldcg(to + DIVERGENCE) + divergence;
        }
    }
}

// True in the one block that comes here last, which then sees what all others wrote; leaves the ticket at 0.
__device__ bool is_last(int *ticket) {
    __shared__ int last;
    __threadfence();
    __syncthreads();
    if (threadIdx.x == 0) {
        last = atomicAdd(ticket, 1) == static_cast<int>(gridDim.x) - 1;
        if (last) {
            *ticket = 0;
        }
    }
    __syncthreads();
    __threadfence();
    return last != 0;
}

// totals += the tiles' sums, tile by tile; eight lanes an owner of sums. An owner's sums go to `readers` students.
__device__ __forceinline__ void add_totals(float *const *totals, const float *partial, int owners, int readers, int tiles) {
    constexpr int LANES = 8;
    for (int base = 0; base < owners; base += BLOCK / LANES) {
        const int owner = base + threadIdx.x / LANES;
        double task = 0, divergence = 0;
        for (int tile = threadIdx.x % LANES; owner < owners && tile < tiles; tile += LANES) {
            const float *from = partial + 2 * (static_cast<long long>(owner) * tiles + tile);
            task += __ldcg(from + TASK); // not from L1, where another block may have left an older state
            divergence += __ldcg(from + DIVERGENCE);
        }
        task = group_sum(task, LANES);
        divergence = group_sum(divergence, LANES);
        if (owner < owners && threadIdx.x % LANES == 0) {
            for (int s = owner * readers; s < (owner + 1) * readers; ++s) {
                totals[s][TASK] += static_cast<float>(task);
                totals[s][DIVERGENCE] += static_cast<float>(divergence);
            }
        }
    }
}

// All tiles of all cohorts; loss(step) fills the first two columns of the board for each row, and the gradient.
template <class Loss>
__device__ __forceinline__ void run(
    const Loss &loss, const Tiling &cut, int n, float *const *totals, int readers, const Scratch &scratch) {
    DYNAMIC_SHARED(shared);
    const long long units = static_cast<long long>(cut.cohorts) * cut.tiles;
    for (long long unit = blockIdx.x; unit < units; unit += gridDim.x) {
        const int tile = static_cast<int>(unit % cut.tiles);
        const int student = static_cast<int>(unit / cut.tiles) * cut.cohort;
        for (int i = 0; i < cut.steps; ++i) {
            const long long row = (static_cast<long long>(tile) * cut.steps + i) * cut.rows;
            if (row >= n) {
                break;
            }
            const int count = static_cast<int>(min(static_cast<long long>(cut.rows), n - row));
            Step step{cut, student, static_cast<int>(row), count, shared};
            if (cut.spilled) {
                step.board = scratch.spill + row * cut.cohort * cut.columns;
            }
            loss(step);
            __syncthreads();
            sum_rows(step, tile, i == 0, scratch.partial);
            __syncthreads();
        }
    }
    if (is_last(scratch.ticket)) {
        add_totals(totals, scratch.partial, cut.cohorts * cut.cohort, readers, cut.tiles);
    }
}

// Whether `label` is one of the classes; if not, the row is reported.
__device__ __forceinline__ bool is_class(float label, int k, int row, int *fault) {
    if (label >= 0.f && label < static_cast<float>(k) && label == floorf(label)) {
        return true;
    }
    *fault = row + 1;
    return false;
}

// log(sum(exp((z - max) scale))) of a row by its group of lanes: softmax without overflow.
template <class Logit>
__device__ __forceinline__ float log_sum(const Logit &logit, float most, float scale, int lane, int width, int lanes) {
    float sum = 0.f;
    for (int c = lane; c < width; c += lanes) {
        sum += expf((logit(c) - most) * scale);
    }
    return logf(group_sum(sum, lanes));
}

template <class Logit> __device__ __forceinline__ float largest(const Logit &logit, int lane, int width, int lanes) {
    float most = negative_infinity();
    for (int c = lane; c < width; c += lanes) {
        most = fmaxf(most, logit(c));
    }
    return group_max(most, lanes);
}

// ---- classification

struct Classification {
    // The rest of a row on the board: what the student itself needs again, then w, w sum p log p and w p, which peers sum up.
    enum { MOST = 2, LOG_SUM, LOG_SUM_SOFT, PEER };

    float *const *dLogits;
    const float *const *logits;
    const float *labels;
    const float *const *weights;
    const float *divergence, *inverse;
    int k;
    float rho, temperature, scale;
    int *fault;

    __device__ __forceinline__ void operator()(const Step &step) const {
        each_group(step, step.cut.cohort, [&](int member, int r, bool live) { task(step, member, r, live); });
        if (rho != 0.f) {
            __syncthreads();
            const int parts = (step.cut.cohort + ABREAST - 1) / ABREAST;
            each_group(step, parts, [&](int part, int r, bool live) { learn(step, part * ABREAST, r, live); });
        }
    }

    // The task loss of a row; then its gradient if the student is alone, else its line on the board.
    __device__ __forceinline__ void task(const Step &step, int member, int r, bool live) const {
        const int s = step.student + member, row = step.row + r, lane = step.lane();
        const long long at = static_cast<long long>(row) * k;
        float weight = live ? weights[s][row] : 0.f;
        if (weight != 0.f && !is_class(labels[row], k, row, fault)) {
            weight = 0.f;
        }
        const int width = weight != 0.f ? k : 0;
        const float *z = live ? logits[s] + at : nullptr;
        const auto logit = [=](int c) { return z[c]; };
        const float most = largest(logit, lane, width, step.cut.lanes);
        const float logSum = log_sum(logit, most, 1.f, lane, width, step.cut.lanes);
        float *mine = step.at(member, r);
        if (live && lane == 0) {
            mine[TASK] = width > 0 ? weight * (logSum - (z[static_cast<int>(labels[row])] - most)) : 0.f;
            mine[DIVERGENCE] = 0.f;
        }
        if (rho != 0.f) {
            const float soft = temperature == 1.f ? logSum : log_sum(logit, most, scale, lane, width, step.cut.lanes);
            publish(mine, z, weight, most, soft, step, live);
            if (live && lane == 0) {
                mine[MOST] = most;
                mine[LOG_SUM] = logSum;
                mine[LOG_SUM_SOFT] = soft;
            }
            return;
        }
        const float share = weight * (live ? inverse[s] : 0.f);
        for (int c = lane; c < (live ? k : 0); c += step.cut.lanes) {
            const float p = width > 0 ? expf(z[c] - most - logSum) - (static_cast<float>(c) == labels[row]) : 0.f;
            dLogits[s][at + c] = width > 0 ? share * p : 0.f;
        }
    }

    __device__ __forceinline__ void publish(
        float *mine, const float *z, float weight, float most, float logSum, const Step &step, bool live) const {
        float entropy = 0.f;
        for (int c = step.lane(); c < (live ? k : 0); c += step.cut.lanes) {
            float p = 0.f;
            if (weight != 0.f) {
                const float log = (z[c] - most) * scale - logSum;
                p = weight * expf(log);
                entropy += p * log;
            }
            mine[PEER + 2 + c] = p;
        }
        entropy = group_sum(entropy, step.cut.lanes);
        if (live && step.lane() == 0) {
            mine[PEER] = weight;
            mine[PEER + 1] = entropy;
        }
    }

    // What up to four students learn from their peers in one row. With mixed = sum over peers j of d[s][j] times j's line on the
    // board: gradient += rho T (mixed weight p_s - mixed p), divergence = mixed entropy - sum of mixed p times log p_s, times T^2.
    __device__ __forceinline__ void learn(const Step &step, int first, int r, bool live) const {
        const int lane = step.lane(), lanes = step.cut.lanes, columns = k + 2;
        float taught[ABREAST], entropy[ABREAST], cross[ABREAST] = {};
        for (int base = 0; base < columns; base += lanes) { // all lanes together: they meet in the shuffles
            const int column = base + lane;
            const bool inside = live && column < columns;
            float mixed[ABREAST] = {};
            if (inside) {
                mix(mixed, step, first, r, column);
            }
            for (int b = 0; b < ABREAST; ++b) {
                if (base == 0) {
                    taught[b] = __shfl_sync(ALL_LANES, mixed[b], 0, lanes);
                    entropy[b] = __shfl_sync(ALL_LANES, mixed[b], 1, lanes);
                }
                if (inside && column >= 2 && first + b < step.cut.cohort) {
                    cross[b] += pull(step, first + b, r, column - 2, mixed[b], taught[b]);
                }
            }
        }
        for (int b = 0; b < ABREAST; ++b) {
            const float sum = group_sum(cross[b], lanes);
            if (live && lane == 0 && first + b < step.cut.cohort) {
                float *mine = step.at(first + b, r);
                // A divergence is never negative; the difference of two roundings may be.
                mine[DIVERGENCE] = mine[PEER] * fmaxf(0.f, entropy[b] - sum) * temperature * temperature;
            }
        }
    }

    // mixed[b] = sum over peers j, ascending, of d[first + b][j] board[j][column].
    __device__ __forceinline__ void mix(float *mixed, const Step &step, int first, int r, int column) const {
        const int cohort = step.cut.cohort;
        int rows[ABREAST]; // offsets, not pointers: half the registers
        for (int b = 0; b < ABREAST; ++b) {
            rows[b] = min(first + b, cohort - 1) * cohort;
        }
        const float *line = step.at(0, r) + PEER + column;
        const long long next = static_cast<long long>(step.cut.rows) * step.cut.columns;
#pragma unroll 4
        for (int j = 0; j < cohort; ++j, line += next) {
            const float value = *line;
#pragma unroll
            for (int b = 0; b < ABREAST; ++b) {
                const float d = divergence[rows[b] + j];
                mixed[b] += d != 0.f ? d * value : 0.f; // of a peer that has diverged 0 times NaN would be NaN
            }
        }
    }

    // Writes one element of the gradient; returns its part of the cross-entropy with the peers.
    __device__ __forceinline__ float pull(const Step &step, int member, int r, int c, float mixed, float taught) const {
        const float *mine = step.at(member, r);
        const int s = step.student + member, row = step.row + r;
        const long long at = static_cast<long long>(row) * k + c;
        const float weight = mine[PEER];
        if (weight == 0.f) {
            dLogits[s][at] = 0.f;
            return 0.f;
        }
        const float shifted = logits[s][at] - mine[MOST];
        const float log = shifted * scale - mine[LOG_SUM_SOFT];
        const float soft = expf(log);
        const float p = temperature == 1.f ? soft : expf(shifted - mine[LOG_SUM]);
        const float own = p - (static_cast<float>(c) == labels[row]);
        dLogits[s][at] = weight * inverse[s] * (own + rho * temperature * (taught * soft - mixed));
        return mixed * log;
    }
};

// Per row and student: task = -w log p[label]; divergence = w T^2 sum_j d[s][j] w_j KL(p_j || p_s), p = softmax(logits / T);
//   dLogits = w / n_s (p - onehot + rho T sum_j d[s][j] w_j (p_s - p_j)).
// logits, dLogits [n, k], labels [n] shared. A label that is not a whole number in 0..k-1 gives its row gradient and losses 0 and
// stores row + 1 in *fault; rows in which a student has weight 0 report nothing. Launch, scratch, bytes moved: head of this file.
// Fast because a row's students share one block: their probabilities are computed once and mixed from shared memory, so the cohort
// costs one reading of the logits instead of one a pair of students.
extern "C" __global__ void __launch_bounds__(BLOCK, OCCUPANCY) classification_f32(float *const *dLogits, float *const *totals,
    const float *const *logits, const float *labels, const float *const *weights, const float *divergence, int students, int n,
    int k, float rho, float temperature, const float *inverse, float *partial, float *spill, int *ticket, int *fault) {
    const bool mutual = rho != 0.f;
    const Tiling cut(students, mutual, mutual ? k + 7 : 2, mutual ? k + 2 : k, n);
    const Classification loss{
        dLogits, logits, labels, weights, divergence, inverse, k, rho, temperature, 1.f / temperature, fault};
    run(loss, cut, n, totals, 1, Scratch{partial, spill, ticket});
}

// ---- regression

struct Regression {
    enum { WEIGHT = 2, OUTPUT };

    float *const *dOutputs;
    const float *const *outputs;
    const float *targets;
    const float *const *weights;
    const float *divergence, *inverse;
    int k;
    float rho;

    __device__ __forceinline__ void operator()(const Step &step) const {
        if (rho == 0.f) {
            each_group(step, step.cut.cohort, [&](int member, int r, bool live) { alone(step, member, r, live); });
            return;
        }
        each_group(step, step.cut.cohort, [&](int member, int r, bool live) { publish(step, member, r, live); });
        __syncthreads();
        const int parts = (step.cut.cohort + ABREAST - 1) / ABREAST;
        each_group(step, parts, [&](int part, int r, bool live) { learn(step, part * ABREAST, r, live); });
    }

    __device__ __forceinline__ void alone(const Step &step, int member, int r, bool live) const {
        const int s = step.student + member, row = step.row + r;
        const long long at = static_cast<long long>(row) * k;
        const float weight = live ? weights[s][row] : 0.f;
        const float share = live ? weight * inverse[s] * 2.f / k : 0.f;
        float loss = 0.f;
        for (int c = step.lane(); c < (live ? k : 0); c += step.cut.lanes) {
            const float error = weight != 0.f ? outputs[s][at + c] - targets[at + c] : 0.f;
            dOutputs[s][at + c] = share * error;
            loss += error * error;
        }
        loss = group_sum(loss, step.cut.lanes);
        if (live && step.lane() == 0) {
            step.at(member, r)[TASK] = weight * loss / k;
            step.at(member, r)[DIVERGENCE] = 0.f;
        }
    }

    __device__ __forceinline__ void publish(const Step &step, int member, int r, bool live) const {
        const int s = step.student + member, row = step.row + r;
        const float weight = live ? weights[s][row] : 0.f;
        for (int c = step.lane(); c < (live ? k : 0); c += step.cut.lanes) {
            step.at(member, r)[OUTPUT + c] = weight != 0.f ? outputs[s][static_cast<long long>(row) * k + c] : 0.f;
        }
        if (live && step.lane() == 0) {
            step.at(member, r)[WEIGHT] = weight;
        }
    }

    // Up to four students in one row, against each peer's outputs: pair by pair, since differences must not cancel.
    __device__ __forceinline__ void learn(const Step &step, int first, int r, bool live) const {
        float task[ABREAST] = {}, peers[ABREAST] = {};
        for (int c = step.lane(); c < (live ? k : 0); c += step.cut.lanes) {
            float pulled[ABREAST] = {}, output[ABREAST];
            for (int b = 0; b < ABREAST; ++b) {
                output[b] = step.at(min(first + b, step.cut.cohort - 1), r)[OUTPUT + c];
            }
            compare(pulled, peers, output, step, first, r, c);
            for (int b = 0; b < ABREAST; ++b) {
                if (first + b < step.cut.cohort) {
                    task[b] += write(step, first + b, r, c, output[b], pulled[b]);
                }
            }
        }
        for (int b = 0; b < ABREAST; ++b) {
            const float taskSum = group_sum(task[b], step.cut.lanes), peerSum = group_sum(peers[b], step.cut.lanes);
            if (live && step.lane() == 0 && first + b < step.cut.cohort) {
                float *mine = step.at(first + b, r);
                mine[TASK] = mine[WEIGHT] * taskSum / k;
                mine[DIVERGENCE] = mine[WEIGHT] * peerSum / k;
            }
        }
    }

    // pulled[b] = sum over peers j, ascending, of d[b][j] w_j (f_b - f_j); peers[b] += the same of squares.
    __device__ __forceinline__ void compare(
        float *pulled, float *peers, const float *output, const Step &step, int first, int r, int c) const {
        const int cohort = step.cut.cohort;
        int rows[ABREAST]; // offsets, not pointers: half the registers
        for (int b = 0; b < ABREAST; ++b) {
            rows[b] = min(first + b, cohort - 1) * cohort;
        }
#pragma unroll 1
        for (int j = 0; j < cohort; ++j) {
            const float *peer = step.at(j, r);
            const float weight = peer[WEIGHT], value = peer[OUTPUT + c];
#pragma unroll
            for (int b = 0; b < ABREAST; ++b) {
                const float d = divergence[rows[b] + j] * weight;
                const float difference = d != 0.f ? output[b] - value : 0.f; // see mix of Classification
                pulled[b] += d * difference;
                peers[b] += d * difference * difference;
            }
        }
    }

    // Writes one element of the gradient; returns its squared error.
    __device__ __forceinline__ float write(const Step &step, int member, int r, int c, float output, float pulled) const {
        const int s = step.student + member;
        const long long at = static_cast<long long>(step.row + r) * k + c;
        const float weight = step.at(member, r)[WEIGHT];
        const float error = weight != 0.f ? output - targets[at] : 0.f;
        dOutputs[s][at] = weight != 0.f ? weight * inverse[s] * 2.f / k * (error + rho * pulled) : 0.f;
        return error * error;
    }
};

// Per row and student: task = w / k sum_c (f - y)^2; divergence = w / k sum_j d[s][j] w_j sum_c (f_s - f_j)^2;
//   dOutputs = 2 w / (k n_s) (f - y + rho sum_j d[s][j] w_j (f_s - f_j)).
// outputs, dOutputs [n, k], targets [n, k] shared. Launch, scratch, bytes moved: head of this file.
extern "C" __global__ void __launch_bounds__(BLOCK, OCCUPANCY) regression_f32(float *const *dOutputs, float *const *totals,
    const float *const *outputs, const float *targets, const float *const *weights, const float *divergence, int students, int n,
    int k, float rho, const float *inverse, float *partial, float *spill, int *ticket) {
    const bool mutual = rho != 0.f;
    const Tiling cut(students, mutual, mutual ? k + 3 : 2, k, n);
    const Regression loss{dOutputs, outputs, targets, weights, divergence, inverse, k, rho};
    run(loss, cut, n, totals, 1, Scratch{partial, spill, ticket});
}

// ---- cooperative learning: two students, one loss of the sum of their outputs

struct Cooperative {
    float *const *dOutputs;
    const float *const *outputs;
    const float *targets;
    const float *const *weights;
    const float *inverse;
    int k;
    float rho;
    int *fault; // null for regression

    __device__ __forceinline__ void operator()(const Step &step) const {
        each_group(step, 1, [&](int, int r, bool live) { both(step, r, live); });
    }

    __device__ __forceinline__ void both(const Step &step, int r, bool live) const {
        const int row = step.row + r, lanes = step.cut.lanes;
        const long long at = static_cast<long long>(row) * k;
        float weight = live ? weights[0][row] * weights[1][row] : 0.f;
        if (fault != nullptr && weight != 0.f && !is_class(targets[row], k, row, fault)) {
            weight = 0.f;
        }
        const int width = weight != 0.f ? k : 0;
        const float *f0 = outputs[0] + at, *f1 = outputs[1] + at;
        const auto sum = [=](int c) { return f0[c] + f1[c]; };
        float most = 0.f, logSum = 0.f, loss = 0.f, apart = 0.f;
        if (fault != nullptr) {
            most = largest(sum, step.lane(), width, lanes);
            logSum = log_sum(sum, most, 1.f, step.lane(), width, lanes);
            loss = width > 0 && step.lane() == 0 ? logSum - (sum(static_cast<int>(targets[row])) - most) : 0.f;
        }
        const float share = weight * inverse[0];
        for (int c = step.lane(); c < (live ? k : 0); c += lanes) {
            float own = 0.f, difference = 0.f;
            if (width > 0) {
                difference = (f0[c] - f1[c]) / k;
                apart += (f0[c] - f1[c]) * difference;
                if (fault != nullptr) {
                    own = expf(sum(c) - most - logSum) - (static_cast<float>(c) == targets[row]);
                } else {
                    const float error = sum(c) - targets[at + c];
                    own = error / k;
                    loss += 0.5f * error * own;
                }
            }
            dOutputs[0][at + c] = share * (own + rho * difference);
            dOutputs[1][at + c] = share * (own - rho * difference);
        }
        loss = group_sum(loss, lanes);
        apart = group_sum(apart, lanes);
        if (live && step.lane() == 0) {
            step.at(0, r)[TASK] = weight * loss;
            step.at(0, r)[DIVERGENCE] = weight * 0.5f * apart;
        }
    }
};

// With g = f_0 + f_1 and w = w_0 w_1: task = -w log softmax(g)[label]; disagreement = w / (2 k) sum_c (f_0 - f_1)^2;
//   dOutputs_0 = w / n (softmax(g) - onehot + rho / k (f_0 - f_1)), dOutputs_1 the same with the last sign turned.
// outputs, dOutputs: 2 students of [n, k]; targets: labels [n]; both students' totals get both sums; inverse[0] from
// inverse_rows_f32(together = 1). Labels and *fault as for classification_f32. Launch, scratch, bytes moved: head of this file.
extern "C" __global__ void __launch_bounds__(BLOCK, OCCUPANCY) cooperative_classification_f32(float *const *dOutputs, float *const *totals,
    const float *const *outputs, const float *targets, const float *const *weights, int n, int k, float rho, const float *inverse,
    float *partial, int *ticket, int *fault) {
    const Tiling cut(1, false, 2, k, n);
    run(Cooperative{dOutputs, outputs, targets, weights, inverse, k, rho, fault}, cut, n, totals, 2,
        Scratch{partial, nullptr, ticket});
}

// The same for regression: task = w / (2 k) sum_c (y - g)^2, dOutputs_0 = w / (k n) (g - y + rho (f_0 - f_1)); targets [n, k].
extern "C" __global__ void __launch_bounds__(BLOCK, OCCUPANCY) cooperative_regression_f32(float *const *dOutputs, float *const *totals,
    const float *const *outputs, const float *targets, const float *const *weights, int n, int k, float rho, const float *inverse,
    float *partial, int *ticket) {
    const Tiling cut(1, false, 2, k, n);
    run(Cooperative{dOutputs, outputs, targets, weights, inverse, k, rho, nullptr}, cut, n, totals, 2,
        Scratch{partial, nullptr, ticket});
}
