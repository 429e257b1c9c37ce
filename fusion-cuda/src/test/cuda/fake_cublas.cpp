// A stand-in for libcublas, version 12 or 13: the calls the backend makes, column-major as cuBLAS has them, queued on the fake driver's stream.
#include <dlfcn.h>

#define API extern "C" __attribute__((visibility("default"))) int

namespace {
using Enqueue = void (*)(int (*)(void*), void*);

struct Product {
    bool transposeA, transposeB;
    int m, n, k;
    float alpha, beta;
    const float *a, *b, *const *as, *const *bs;
    float *c, *const *cs;
    int lda, ldb, ldc, count;
    long long strideA, strideB, strideC;
};

int run(void* argument) {
    const Product* p = static_cast<Product*>(argument);
    for (int s = 0; s < p->count; ++s) {
        const float* a = p->as ? p->as[s] : p->a + s * p->strideA;
        const float* b = p->bs ? p->bs[s] : p->b + s * p->strideB;
        float* c = p->cs ? p->cs[s] : p->c + s * p->strideC;
        for (int j = 0; j < p->n; ++j) {
            for (int i = 0; i < p->m; ++i) {
                double sum = 0;
                for (int l = 0; l < p->k; ++l) {
                    sum += static_cast<double>(p->transposeA ? a[l + static_cast<long>(i) * p->lda] : a[i + static_cast<long>(l) * p->lda])
                        * (p->transposeB ? b[j + static_cast<long>(l) * p->ldb] : b[l + static_cast<long>(j) * p->ldb]);
                }
                float& to = c[i + static_cast<long>(j) * p->ldc];
                to = static_cast<float>(p->alpha * sum + (p->beta == 0 ? 0 : p->beta * to));
            }
        }
    }
    return 0;
}

int enqueue(const Product& product) {
    const bool right = product.lda >= (product.transposeA ? product.k : product.m) && product.ldc >= product.m
        && product.ldb >= (product.transposeB ? product.n : product.k);
    if (!right || product.m <= 0 || product.n <= 0 || product.k <= 0 || product.count <= 0) return 7; // CUBLAS_STATUS_INVALID_VALUE
    static const Enqueue driver = reinterpret_cast<Enqueue>(dlsym(dlopen("libcuda.so.1", RTLD_NOW), "fakeEnqueue"));
    driver(run, new Product(product)); // kept: a recorded product is done more than once
    return 0;
}
}  // namespace

API cublasCreate_v2(void** handle) { static int it; *handle = &it; return 0; }
API cublasDestroy_v2(void*) { return 0; }
API cublasSetStream_v2(void*, void* stream) { return stream ? 0 : 7; }
API cublasGetVersion_v2(void*, int* version) { *version = 120403; return 0; }
extern "C" __attribute__((visibility("default"))) const char* cublasGetStatusString(int) { return "a status of the fake cuBLAS"; }
API cublasSgemmStridedBatched(void*, int opA, int opB, int m, int n, int k, const float* alpha, const float* a, int lda, long long strideA,
    const float* b, int ldb, long long strideB, const float* beta, float* c, int ldc, long long strideC, int count) {
    return enqueue({opA != 0, opB != 0, m, n, k, *alpha, *beta, a, b, nullptr, nullptr, c, nullptr, lda, ldb, ldc, count, strideA, strideB, strideC});
}
API cublasSgemmBatched(void*, int opA, int opB, int m, int n, int k, const float* alpha, const float* const* as, int lda,
    const float* const* bs, int ldb, const float* beta, float* const* cs, int ldc, int count) {
    return enqueue({opA != 0, opB != 0, m, n, k, *alpha, *beta, nullptr, nullptr, as, bs, nullptr, cs, lda, ldb, ldc, count, 0, 0, 0});
}
