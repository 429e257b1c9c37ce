// A stand-in for NVIDIA's driver, libcuda.so.1, so that the code that talks to it runs where there is no card: as much of the driver
// API as the backend calls, with the real kernels on the CPU and device memory on the heap.
//
// Work is queued like on a stream and done only when somebody waits for it, and freed memory is overwritten at once; so a host
// buffer that is reused too early, or memory that is freed too early, shows in the results.
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include "kernels_on_cpu.cpp"

namespace {
constexpr size_t TOTAL = 256 << 20;
std::deque<std::function<int()>> queued;
long issued = 0, done = 0;
int failure = 0;
std::map<void*, size_t> memory;
size_t held = 0;
int context, stream, module;

using Work = std::vector<std::function<int()>>;
Work* captured = nullptr; // where work goes instead while a graph is recorded

int enqueue(std::function<int()> work) {
    if (captured) {
        captured->push_back(std::move(work));
        return 0;
    }
    queued.push_back(std::move(work));
    ++issued;
    return 0;
}
int wait_for(long count) {
    while (done < count) {
        const int result = queued.front()();
        queued.pop_front();
        ++done;
        if (result != 0 && failure == 0) failure = result;
    }
    return failure;
}
}  // namespace

#define API extern "C" __attribute__((visibility("default"))) int
using Address = unsigned long long;

extern "C" __attribute__((visibility("default"))) void fakeEnqueue(int (*work)(void*), void* argument) {
    enqueue([=] { return work(argument); });
}

API cuInit(unsigned) { return 0; }
API cuDriverGetVersion(int* version) { *version = 12040; return 0; }
API cuDeviceGetCount(int* count) { *count = 1; return 0; }
API cuDeviceGet(int* device, int) { *device = 0; return 0; }
API cuDeviceGetName(char* name, int length, int) { std::strncpy(name, "Fake Card", length); return 0; }
API cuDeviceGetAttribute(int* value, int attribute, int) {
    switch (attribute) {
        case 16: *value = 3; break;    // multiprocessors
        case 39: *value = 1024; break; // threads of each
        case 75: *value = 8; break;    // compute capability
        case 76: *value = 6; break;
        default: return 1;
    }
    return 0;
}
API cuDevicePrimaryCtxRetain(void** to, int) {
    wait_for(issued);
    failure = 0; // a real card fails for the rest of the process
    *to = &context;
    return 0;
}
API cuDevicePrimaryCtxRelease_v2(int) { return 0; }
API cuCtxSetCurrent(void* current) { return current == &context ? 0 : 201; }
API cuGetErrorString(int error, const char** text) { *text = error == 719 ? cpuLastError() : "an error of the fake card"; return 0; }
API cuGetErrorName(int, const char** text) { *text = "CUDA_ERROR"; return 0; }

API cuStreamCreate(void** to, unsigned) { *to = &stream; return 0; }
API cuStreamDestroy_v2(void*) { return 0; }
API cuStreamSynchronize(void* of) { if (captured) return 900; return of == &stream ? wait_for(issued) : 400; }
API cuEventCreate(void** event, unsigned) { *event = new long(0); return 0; }
API cuEventRecord(void* event, void*) { *static_cast<long*>(event) = issued; return 0; }
API cuEventSynchronize(void* event) { return wait_for(*static_cast<long*>(event)); }
API cuEventDestroy_v2(void* event) { delete static_cast<long*>(event); return 0; }

API cuStreamBeginCapture_v2(void*, int) { captured = new Work; return 0; }
API cuStreamIsCapturing(void*, int* status) { *status = captured ? 1 : 0; return 0; }
API cuStreamEndCapture(void*, void** graph) { *graph = captured; captured = nullptr; return 0; }
API cuGraphInstantiateWithFlags(void** executable, void* graph, unsigned long long) { *executable = new Work(*static_cast<Work*>(graph)); return 0; }
API cuGraphDestroy(void* graph) { delete static_cast<Work*>(graph); return 0; }
API cuGraphLaunch(void* executable, void*) { for (const auto& work : *static_cast<Work*>(executable)) enqueue(work); return 0; }
API cuGraphExecDestroy(void* executable) { delete static_cast<Work*>(executable); return 0; }

API cuModuleLoadData(void** to, const void* image) {
    *to = &module;
    return std::strstr(static_cast<const char*>(image), ".target sm_70") ? 0 : 218; // an image that does not end would crash here
}
API cuModuleUnload(void*) { return 0; }
API cuModuleGetFunction(void** function, void*, const char* name) {
    const auto entry = cpu::registry().find(name);
    if (entry == cpu::registry().end()) return 500;
    *function = const_cast<char*>(entry->first.c_str());
    return 0;
}
API cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared,
    void* on, void** parameters, void**) {
    if (on != &stream) return 400;
    if (gx == 0 || gy == 0 || gy > 65535 || gz != 1) return 1;
    const char* name = static_cast<const char*>(function);
    std::vector<uint64_t> values(cpuKernelArity(name));
    for (size_t i = 0; i < values.size(); ++i) std::memcpy(&values[i], parameters[i], sizeof(uint64_t));
    return enqueue([=] {
        std::vector<uint64_t> copy = values; // work that was recorded is done more than once
        std::vector<void*> pointers;
        for (auto& value : copy) pointers.push_back(&value);
        return cpuLaunchKernel(name, gx, gy, gz, bx, by, bz, shared, static_cast<int>(done % 3) - 1, pointers.data());
    });
}

API cuMemGetInfo_v2(size_t* free, size_t* total) { *free = TOTAL - held; *total = TOTAL; return 0; }
API cuMemAlloc_v2(Address* to, size_t bytes) {
    if (held + bytes > TOTAL) return 2;
    void* piece = std::aligned_alloc(256, (bytes + 255) / 256 * 256);
    std::memset(piece, 0xff, bytes);
    memory[piece] = bytes;
    held += bytes;
    *to = reinterpret_cast<Address>(piece);
    return 0;
}
API cuMemFree_v2(Address address) {
    const auto piece = memory.find(reinterpret_cast<void*>(address));
    if (piece == memory.end()) return 1;
    std::memset(piece->first, 0xff, piece->second);
    held -= piece->second;
    std::free(piece->first);
    memory.erase(piece);
    return 0;
}
API cuMemAllocHost_v2(void** to, size_t bytes) { *to = std::malloc(bytes); return 0; }
API cuMemFreeHost(void* piece) { std::free(piece); return 0; }
API cuMemcpyHtoDAsync_v2(Address to, const void* from, size_t bytes, void*) {
    return enqueue([=] { std::memcpy(reinterpret_cast<void*>(to), from, bytes); return 0; });
}
API cuMemcpyDtoHAsync_v2(void* to, Address from, size_t bytes, void*) {
    return enqueue([=] { std::memcpy(to, reinterpret_cast<void*>(from), bytes); return 0; });
}
API cuMemsetD32Async(Address to, unsigned value, size_t count, void*) {
    return enqueue([=] { std::fill_n(reinterpret_cast<unsigned*>(to), count, value); return 0; });
}
