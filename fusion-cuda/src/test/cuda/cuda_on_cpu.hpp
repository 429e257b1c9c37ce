// Runs CUDA kernels on the CPU, so that they are tested on machines without a GPU. Header-only, C++17, Linux/glibc, one OS thread.
// Each thread of a block is a fiber (ucontext to enter, jumps to switch); __syncthreads and the *_sync warp operations
// really block until every participant has arrived, and a barrier that can never be met is reported, not hung on. Blocks run one
// after the other. Shared memory is filled with NaN before each block. `order` says which warp runs ahead and which lane first:
// FORWARD, REVERSE or the seed of a shuffle; a missing barrier shows as a difference between orders.
// Not modelled: races between blocks, fused multiply-add, half precision, cooperative groups, `__shared__` inside templates.
#pragma once
#define CUDA_ON_CPU 1
#undef _FORTIFY_SOURCE            // its longjmp check refuses to change stacks
#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#include <sys/mman.h>
#include <ucontext.h>

#define __global__ __attribute__((visibility("default")))
#define __device__
#define __host__
#define __constant__ const
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __align__(n) __attribute__((aligned(n)))
#define __shared__ static __attribute__((section("cuda_shared")))   // blocks run one at a time: static storage is the block's
#define DYNAMIC_SHARED(name) float* name = reinterpret_cast<float*>(cpu::M.dyn.data())
#define REQUIRE_ALIGNED(p, bytes) do { if (reinterpret_cast<uintptr_t>(p) % (bytes)) cpu::fault("CUDA_ERROR_MISALIGNED_ADDRESS" + cpu::where()); } while (0)

struct uint3 { unsigned x, y, z; };
struct dim3 { unsigned x, y, z; dim3(unsigned a = 1, unsigned b = 1, unsigned c = 1) : x(a), y(b), z(c) {} };
struct alignas(8)  float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(16) int4 { int x, y, z, w; };
struct alignas(16) double2 { double x, y; };
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
inline double2 make_double2(double x, double y) { return {x, y}; }
inline uint3 threadIdx, blockIdx;
inline dim3 blockDim, gridDim;
constexpr int warpSize = 32;

extern "C" { extern char __start_cuda_shared[] __attribute__((weak, visibility("hidden"))), __stop_cuda_shared[] __attribute__((weak, visibility("hidden"))); }

namespace cpu {
struct Error : std::runtime_error { using std::runtime_error::runtime_error; };
// Switching fibers. The compiler's own pair costs a few instructions; AddressSanitizer knows only the library's.
#ifdef __SANITIZE_ADDRESS__
using Jump = jmp_buf;
#define SAVE_JUMP(j) _setjmp(j)
#define TAKE_JUMP(j) _longjmp(j, 1)
#else
using Jump = void* [5];
#define SAVE_JUMP(j) __builtin_setjmp(j)
#define TAKE_JUMP(j) __builtin_longjmp(j, 1)
#endif
struct Fiber {
    Jump jump; bool entered = false; uint3 tid{}; unsigned lin = 0; char* stack = nullptr;
    const char* op = nullptr; unsigned mask = 0, ballot = 0; int src = 0; uint64_t in = 0, out = 0;    // pending warp operation
};
// What the threads of a warp are about, one bit a lane; those in none of the sets wait in __syncthreads.
struct Warp { unsigned all = 0, ready = 0, waiting = 0, done = 0; };
struct Machine {
    std::vector<Fiber> f; std::vector<Warp> w; std::vector<char> dyn; unsigned n = 0, live = 0, atBlock = 0;
    Jump home; Fiber* cur = nullptr; void (*body)(void*) = nullptr; void* arg = nullptr; std::string fault; bool failed = false;
    dim3 shape; bool reusable = false;
};
inline Machine M;
constexpr size_t STACK = 64 << 10, PAGE = 4096;

inline std::string at(const char* what, const uint3& v) { return std::string(what) + "(" + std::to_string(v.x) + "," + std::to_string(v.y) + "," + std::to_string(v.z) + ")"; }
inline std::string where() { return at(" at block ", blockIdx) + at(" thread ", threadIdx); }
[[noreturn]] __attribute__((noinline)) inline void jumpHome() { TAKE_JUMP(M.home); }
[[noreturn]] __attribute__((noinline)) inline void jumpInto(Fiber& x) { TAKE_JUMP(x.jump); }
__attribute__((noinline)) inline void toHome() { if (!SAVE_JUMP(M.cur->jump)) jumpHome(); }
[[noreturn]] inline void fault(const std::string& why) { M.fault = why; M.failed = true; jumpHome(); }      // ends the launch

inline unsigned laneOf(const Fiber& x) { return x.lin & 31u; }
inline Warp& warpOf(const Fiber& x) { return M.w[x.lin / 32]; }
inline void tryWarp(Fiber& x) {                       // completes the operation x waits in if all live lanes of its mask have come
    Warp& warp = warpOf(x);
    const unsigned came = x.mask & warp.all & ~warp.done;
    if (came & ~warp.waiting) return;
    Fiber* lanes = &M.f[x.lin & ~31u];
    unsigned ballot = 0;
    for (unsigned l = 0; l < 32; ++l) {
        if (!(came >> l & 1)) continue;
        const Fiber& y = lanes[l];
        if (y.mask != x.mask || (y.op != x.op && std::strcmp(y.op, x.op))) fault(std::string("lanes of one warp disagree: ") + x.op + " and " + y.op + where());
        if (y.in) ballot |= 1u << l;
    }
    for (unsigned l = 0; l < 32; ++l) {
        if (!(came >> l & 1)) continue;
        Fiber& y = lanes[l];
        y.ballot = ballot;
        y.out = came >> y.src & 1 ? lanes[y.src].in : ~0ull;     // an absent lane's value is undefined: NaN, -1
    }
    warp.waiting &= ~came; warp.ready |= came;
}
inline void warpOp(const char* op, unsigned mask, uint64_t in, int src) {
    Fiber& me = *M.cur; Warp& warp = warpOf(me);
    const unsigned bit = 1u << laneOf(me);
    if (!(mask & bit)) fault(std::string(op) + ": calling lane is not in the mask" + where());
    me.op = op; me.mask = mask; me.in = in; me.src = src;
    warp.ready &= ~bit; warp.waiting |= bit;
    tryWarp(me);
    if (!(warp.ready & bit)) toHome();
}
inline void tryBlock() {
    if (M.live == 0 || M.atBlock != M.live) return;
    M.atBlock = 0;
    for (Warp& w : M.w) w.ready = w.all & ~w.waiting & ~w.done;
}
inline void syncBlock() {
    Warp& warp = warpOf(*M.cur);
    const unsigned bit = 1u << laneOf(*M.cur);
    warp.ready &= ~bit; ++M.atBlock; tryBlock();
    if (!(warp.ready & bit)) toHome();
}
inline void fiberMain() {
    for (;;) {                                        // a fiber serves the same thread slot in every block of the launch
        M.body(M.arg);
        Fiber& me = *M.cur; Warp& warp = warpOf(me);
        const unsigned bit = 1u << laneOf(me);
        warp.ready &= ~bit; warp.done |= bit; --M.live;   // exited threads no longer count, as on sm_70 and later
        tryBlock();
        for (unsigned l = 0; l < 32 && warp.waiting; ++l) if (warp.waiting >> l & 1) tryWarp(M.f[(me.lin & ~31u) + l]);
        toHome();
    }
}
inline void freeFibers() { for (auto& x : M.f) if (x.stack) munmap(x.stack, STACK); M.f.clear(); }
inline void makeFibers(unsigned n, dim3 block) {
    freeFibers(); M.f = std::vector<Fiber>(n); M.w = std::vector<Warp>((n + 31) / 32); M.shape = block;
    for (unsigned i = 0; i < n; ++i) {
        Fiber& x = M.f[i]; x.lin = i; x.tid = {i % block.x, i / block.x % block.y, i / (block.x * block.y)};
        M.w[i / 32].all |= 1u << i % 32;
        void* s = mmap(nullptr, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (s == MAP_FAILED) throw Error("no memory for fiber stacks");
        x.stack = static_cast<char*>(s); mprotect(s, PAGE, PROT_NONE);         // an overflow faults instead of corrupting
    }
}
[[noreturn]] inline void enter(Fiber& x) {
    static ucontext_t start;                          // needed only until it is taken
    x.entered = true;
    getcontext(&start); start.uc_stack.ss_sp = x.stack; start.uc_stack.ss_size = STACK; start.uc_link = nullptr;
    makecontext(&start, fiberMain, 0); setcontext(&start); std::abort();
}
__attribute__((noinline)) inline void resume(Fiber& x) {
    M.cur = &x; threadIdx = x.tid;
    if (SAVE_JUMP(M.home)) return;
    if (x.entered) jumpInto(x);
    enter(x);
}
struct Order { std::vector<unsigned> warps, lanes; bool random = false; std::mt19937 rng; };
inline void runBlock(Order& o) {
    M.live = M.n; M.atBlock = 0; M.failed = false;
    for (Warp& w : M.w) w = {w.all, w.all, 0, 0};
    if (__start_cuda_shared) std::memset(__start_cuda_shared, 0xff, __stop_cuda_shared - __start_cuda_shared);   // uninitialised reads give NaN
    if (!M.dyn.empty()) std::memset(M.dyn.data(), 0xff, M.dyn.size());
    while (M.live) {
        bool ran = false;
        if (o.random) { std::shuffle(o.warps.begin(), o.warps.end(), o.rng); std::shuffle(o.lanes.begin(), o.lanes.end(), o.rng); }
        for (unsigned w : o.warps) for (bool again = true; again;) {         // a warp runs as far ahead of the others as barriers let it
            again = false;
            for (unsigned l : o.lanes) if (M.w[w].ready >> l & 1) { again = ran = true; resume(M.f[w * 32 + l]); if (M.failed) throw Error(M.fault); }
            if (o.random && (o.rng() & 3) == 0) break;
        }
        if (ran) continue;
        unsigned w = 0; const char* op = "a warp operation";
        for (auto& x : M.f) if (warpOf(x).waiting >> laneOf(x) & 1) { ++w; op = x.op; }
        throw Error("divergent barrier: " + std::to_string(M.atBlock) + " threads wait in __syncthreads, " + std::to_string(w) + " in " + op + ", "
                    + std::to_string(M.n - M.live) + " have left" + at("; block ", blockIdx));
    }
}
constexpr int FORWARD = 0, REVERSE = -1;
inline int& order() { static int o = FORWARD; return o; }
inline void launch(void (*body)(void*), void* arg, dim3 grid, dim3 block, size_t shared) {
    const uint64_t n = (uint64_t) block.x * block.y * block.z, blocks = (uint64_t) grid.x * grid.y * grid.z;
    if (n == 0 || n > 1024 || block.z > 64 || blocks == 0 || grid.x > 0x7fffffffu || grid.y > 65535 || grid.z > 65535)
        throw Error("CUDA_ERROR_INVALID_VALUE: launch dimensions");
    if (shared > 48u << 10) throw Error("CUDA_ERROR_INVALID_VALUE: dynamic shared memory");
    M.body = body; M.arg = arg; M.n = (unsigned) n; M.dyn.assign(shared, 0); blockDim = block; gridDim = grid;
    if (!M.reusable || block.x != M.shape.x || block.y != M.shape.y || block.z != M.shape.z) makeFibers((unsigned) n, block);
    M.reusable = false;
    const bool rev = order() == REVERSE;
    Order o; o.random = order() != FORWARD && !rev; o.rng.seed((unsigned) order());
    for (unsigned i = 0, w = (M.n + 31) / 32; i < w; ++i) o.warps.push_back(rev ? w - 1 - i : i);
    for (unsigned i = 0; i < 32; ++i) o.lanes.push_back(rev ? 31 - i : i);
    for (uint64_t k = 0; k < blocks; ++k) {
        const uint64_t q = rev ? blocks - 1 - k : k;
        blockIdx = {(unsigned) (q % grid.x), (unsigned) (q / grid.x % grid.y), (unsigned) (q / ((uint64_t) grid.x * grid.y))};
        runBlock(o);
    }
    M.reusable = true;                                 // all fibers wait for the next block, whatever launch it belongs to
}
// kernelParams exactly as for cuLaunchKernel: an array of the addresses of the arguments
template <class F> struct Call;
template <class... A> struct Call<void (*)(A...)> {
    struct Pack { void (*fn)(A...); void** p; };
    template <size_t... K> static void go(Pack* k, std::index_sequence<K...>) { k->fn(*static_cast<std::remove_cv_t<A>*>(k->p[K])...); }
    static void body(void* k) { go(static_cast<Pack*>(k), std::index_sequence_for<A...>()); }
    static void run(void (*fn)(A...), void** params, dim3 g, dim3 b, size_t shared) { Pack k{fn, params}; launch(body, &k, g, b, shared); }
};
using Launcher = void (*)(void**, dim3, dim3, size_t);
struct Entry { Launcher go; int params; };
inline std::map<std::string, Entry>& registry() { static std::map<std::string, Entry> r; return r; }
inline std::string& lastError() { static std::string e; return e; }
template <class... A> constexpr int arity(void (*)(A...)) { return (int) sizeof...(A); }

template <class T> inline T shfl(const char* op, unsigned mask, T v, int src) {
    static_assert(sizeof(T) <= 8 && std::is_trivially_copyable_v<T>, "shuffles carry at most 8 bytes");
    uint64_t in = 0; std::memcpy(&in, &v, sizeof v); warpOp(op, mask, in, src); std::memcpy(&v, &M.cur->out, sizeof v); return v;
}
inline int lane() { return (int) laneOf(*M.cur); }
inline int seg(int width) { return lane() & ~(width - 1); }
}  // namespace cpu

#define CPU_KERNEL(k) static const bool cpu_reg_##k = (cpu::registry()[#k] = {[](void** p, dim3 g, dim3 b, size_t s) { cpu::Call<decltype(&k)>::run(&k, p, g, b, s); }, cpu::arity(&k)}, true);

extern "C" {
__attribute__((visibility("default"), used)) inline const char* cpuLastError() { return cpu::lastError().c_str(); }
__attribute__((visibility("default"), used)) inline int cpuKernelArity(const char* name) { auto it = cpu::registry().find(name); return it == cpu::registry().end() ? -1 : it->second.params; }
__attribute__((visibility("default"), used)) inline int cpuLaunchKernel(const char* name, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, int order, void** params) {
    try {
        cpu::order() = order;
        auto it = cpu::registry().find(name);
        if (it == cpu::registry().end()) { cpu::lastError() = std::string("CUDA_ERROR_NOT_FOUND: ") + name; return 500; }
        it->second.go(params, dim3(gx, gy, gz), dim3(bx, by, bz), shared);
        return 0;
    } catch (const std::exception& e) { cpu::lastError() = std::string(name) + ": " + e.what(); return 719; }
}
}

// ---- device functions
inline void __syncthreads() { cpu::syncBlock(); }
inline void __syncwarp(unsigned mask = ~0u) { cpu::warpOp("__syncwarp", mask, 0, cpu::lane()); }
inline void __threadfence() {}
inline void __threadfence_block() {}
template <class T> T __shfl_sync(unsigned m, T v, int src, int width = 32) { return cpu::shfl("__shfl_sync", m, v, cpu::seg(width) + (src & (width - 1))); }
template <class T> T __shfl_xor_sync(unsigned m, T v, int x, int width = 32) { int s = cpu::lane() ^ x; return cpu::shfl("__shfl_xor_sync", m, v, s < cpu::seg(width) + width ? s : cpu::lane()); }
template <class T> T __shfl_down_sync(unsigned m, T v, unsigned d, int width = 32) { int s = cpu::lane() + (int) d; return cpu::shfl("__shfl_down_sync", m, v, s < cpu::seg(width) + width ? s : cpu::lane()); }
template <class T> T __shfl_up_sync(unsigned m, T v, unsigned d, int width = 32) { int s = cpu::lane() - (int) d; return cpu::shfl("__shfl_up_sync", m, v, s >= cpu::seg(width) ? s : cpu::lane()); }
inline unsigned __ballot_sync(unsigned m, int p) { cpu::warpOp("__ballot_sync", m, p != 0, cpu::lane()); return cpu::M.cur->ballot; }
inline int __any_sync(unsigned m, int p) { return __ballot_sync(m, p) != 0; }
inline int __all_sync(unsigned m, int p) { return __ballot_sync(m, !p) == 0; }
template <class T> T __ldg(const T* p) { REQUIRE_ALIGNED(p, alignof(T)); return *p; }
template <class T> T __ldcg(const T* p) { return __ldg(p); }
template <class T, class U> T atomicAdd(T* p, U v) { T o = *p; *p = o + static_cast<T>(v); return o; }
template <class T, class U> T atomicMax(T* p, U v) { T o = *p; *p = std::max(o, static_cast<T>(v)); return o; }
template <class T, class U> T atomicExch(T* p, U v) { T o = *p; *p = static_cast<T>(v); return o; }
template <class T, class U> T atomicCAS(T* p, U c, U v) { T o = *p; if (o == static_cast<T>(c)) *p = static_cast<T>(v); return o; }
using std::max;
using std::min;
inline float __expf(float x) { return expf(x); }
inline float __logf(float x) { return logf(x); }
inline float __fdividef(float a, float b) { return a / b; }
inline float rsqrtf(float x) { return 1.f / sqrtf(x); }
inline int __float_as_int(float x) { int i; std::memcpy(&i, &x, 4); return i; }
inline float __int_as_float(int i) { float x; std::memcpy(&x, &i, 4); return x; }
