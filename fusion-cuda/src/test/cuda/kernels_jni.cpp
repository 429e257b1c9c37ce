// JNI door to a library of kernels for the CPU. Every argument travels as 8 raw bytes (little-endian): an address, or the bits of an
// int or float. The libraries are opened by path, so that one JVM can hold several builds of the same kernels.
#include <cstdint>
#include <dlfcn.h>
#include <jni.h>

using Launch = int (*)(const char*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, int, void**);
using Arity = int (*)(const char*);
using LastError = const char* (*)();

extern "C" JNIEXPORT jlong JNICALL Java_org_metafusion_cuda_CpuKernels_open(JNIEnv* e, jclass, jstring path) {
    const char* p = e->GetStringUTFChars(path, nullptr);
    void* library = dlopen(p, RTLD_NOW | RTLD_LOCAL);
    e->ReleaseStringUTFChars(path, p);
    if (!library) e->ThrowNew(e->FindClass("java/lang/UnsatisfiedLinkError"), dlerror());
    return (jlong) (intptr_t) library;
}

// dims: grid x, y, z, block x, y, z, shared bytes, order. Returns null, or what went wrong.
extern "C" JNIEXPORT jstring JNICALL Java_org_metafusion_cuda_CpuKernels_launch(JNIEnv* e, jclass, jlong handle, jstring name, jintArray dims, jlongArray args) {
    void* library = (void*) (intptr_t) handle;
    const auto arity = (Arity) dlsym(library, "cpuKernelArity");
    const auto launch = (Launch) dlsym(library, "cpuLaunchKernel");
    const auto lastError = (LastError) dlsym(library, "cpuLastError");
    jint d[8]; jlong v[64]; void* p[64];
    const char* n = e->GetStringUTFChars(name, nullptr);
    const jsize c = e->GetArrayLength(args);
    const char* error = nullptr;
    if (c > 64 || arity(n) != c) error = "no such kernel, or another number of arguments";
    else {
        e->GetIntArrayRegion(dims, 0, 8, d);
        e->GetLongArrayRegion(args, 0, c, v);
        for (jsize i = 0; i < c; ++i) p[i] = &v[i];
        if (launch(n, d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], p) != 0) error = lastError();
    }
    e->ReleaseStringUTFChars(name, n);
    return error ? e->NewStringUTF(error) : nullptr;
}

extern "C" JNIEXPORT jlong JNICALL Java_org_metafusion_cuda_CpuKernels_address(JNIEnv* e, jclass, jobject buffer) {
    return (jlong) (intptr_t) e->GetDirectBufferAddress(buffer);
}
