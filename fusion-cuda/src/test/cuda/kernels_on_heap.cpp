// Runs every kernel over heap buffers of exactly the size it may use, for AddressSanitizer to watch. Prints the number of launches.
#include "cuda_on_cpu.hpp"
#include "kernels_on_cpu.cpp"

#include <memory>
#include <set>

static std::set<std::string> ran;
static int launches = 0;
static std::vector<std::shared_ptr<void>> held;

template <class T> static T* exactly(size_t count, T value) {
    std::shared_ptr<T> memory(new T[count], std::default_delete<T[]>());
    std::fill(memory.get(), memory.get() + count, value);
    held.push_back(memory);
    return memory.get();
}

static float* floats(size_t count, float value = 0.5f) { return exactly<float>(count, value); }

static float** table(int students, size_t area, float value = 0.5f) {
    float** entries = exactly<float*>(students, nullptr);
    for (int s = 0; s < students; ++s) entries[s] = floats(area, value);
    return entries;
}

static int* ints(std::vector<int> values) {
    int* memory = exactly<int>(values.size(), 0);
    std::copy(values.begin(), values.end(), memory);
    return memory;
}

template <class... A> static void run(const char* kernel, unsigned shared, A... arguments) {
    void* addresses[] = {&arguments...};
    const auto& entry = cpu::registry().at(kernel);
    if (entry.params != (int) sizeof...(A)) throw std::runtime_error(std::string(kernel) + ": number of arguments");
    for (unsigned grid = 1; grid <= 3; grid += 2) { entry.go(addresses, dim3(grid), dim3(BLOCK), shared); ++launches; }
    ran.insert(kernel);
}

static void dense(int s, int n, int w) {
    const long long area = (long long) n * w;
    run("bias_f32", 0, table(s, area), table(s, w), s, n, w);
    run("relu_f32", 0, table(s, area), s, area);
    run("relu_backward_f32", 0, table(s, area), table(s, area), s, area);
    run("sigmoid_f32", 0, table(s, area), s, area);
    run("sigmoid_backward_f32", 0, table(s, area), table(s, area), s, area);
    run("inverse_root_f32", 0, table(s, area), s, area);
    run("inverse_root_backward_f32", 0, table(s, area), table(s, area), s, area);
    run("bias_backward_f32", 0, table(s, w), table(s, area), s, n, w);
    run("add_f32", 0, table(s, area), table(s, area), s, area);
    run("dropout_f32", 0, table(s, area), ints(std::vector<int>(s, 3)), s, area, 0.5f, 1u << 31, ints({7, 0}));
    run("fill_f32", 0, table(s, area), s, area, 1.f);
    run("gather_f32", 0, table(s, 2 * w), table(s, area), ints({9, n - 1, 0}), 1, s, 2, w);
    run("softmax_f32", 0, table(s, area), table(s, area), s, n, w, 2.f);
    run("softmax_backward_f32", 0, table(s, area), table(s, area), s, n, w);
}

static void gate(int s, int n, int w, int blocks) {
    const size_t narrow = (size_t) n * w, wide = narrow * blocks;
    run("gate_f32", 0, table(s, wide), table(s, narrow), table(s, wide), s, n, w, blocks);
    run("add_gated_f32", 0, table(s, narrow), table(s, wide), table(s, wide), s, n, w, blocks);
    run("gate_rows_f32", 0, table(s, narrow), table(s, narrow), table(s, (size_t) n * blocks), s, n, w, blocks, blocks - 1);
    run("gate_rows_backward_f32", 0, table(s, (size_t) n * blocks), table(s, narrow), table(s, narrow), s, n, w, blocks, blocks - 1);
}

static void fusion(int s, int n, int d, int e, int w, int one) {
    run("product_forward_f32", 0, table(s, 2 * n * d), table(s, n * d), table(s, n * d), s, n, d);
    run("product_backward_f32", 0, table(s, n * d), table(s, n * d), table(s, 2 * n * d), table(s, n * d), table(s, n * d), s, n, d);
    const int outer = n * (d + one) * (e + one), middle = n * (e + one) * w;
    run("outer_forward_f32", 0, table(s, outer), table(s, n * d), table(s, n * e), s, n, d, e, one);
    run("outer_backward_f32", 0, table(s, n * d), table(s, n * e), table(s, outer), table(s, n * d), table(s, n * e), s, n, d, e, one);
    run("append_ones_f32", 0, table(s, n * (d + 1)), table(s, n * d), s, n, d);
    run("drop_last_f32", 0, table(s, n * d), table(s, n * (d + 1)), s, n, d);
    run("bilinear_contract_f32", 0, table(s, n * w), table(s, middle), table(s, n * e), s, n, e, w, one);
    run("bilinear_spread_f32", 0, table(s, middle), table(s, n * e), table(s, n * w), s, n, e, w, one);
    run("bilinear_input_f32", 0, table(s, n * e), table(s, middle), table(s, n * w), s, n, e, w, one);
}

struct Scratch4 { unsigned shared; float *partial, *spill; int* ticket; };

static Scratch4 scratch(const Tiling& cut, int n) {
    const size_t row = (size_t) cut.cohort * cut.columns;
    return {cut.spilled ? 0u : unsigned(4 * row * cut.rows), floats(2 * (size_t) cut.cohort * cut.cohorts * cut.tiles),
            cut.spilled ? floats(n * row) : nullptr, ints({0})};
}

static void loss(int s, int n, int k, float rho, float temperature) {
    const bool mutual = rho != 0;
    float* d = mutual ? floats(s * s, 1.f / s) : nullptr;
    Scratch4 a = scratch(Tiling(s, mutual, mutual ? k + 7 : 2, mutual ? k + 2 : k, n), n);
    run("classification_f32", a.shared, table(s, n * k), table(s, 2), table(s, n * k), floats(n, k - 1.f), table(s, n, 1), d, s, n, k, rho,
        temperature, floats(s), a.partial, a.spill, a.ticket, ints({0}));
    Scratch4 b = scratch(Tiling(s, mutual, mutual ? k + 3 : 2, k, n), n);
    run("regression_f32", b.shared, table(s, n * k), table(s, 2), table(s, n * k), floats(n * k), table(s, n, 1), d, s, n, k, rho, floats(s),
        b.partial, b.spill, b.ticket);
    Scratch4 c = scratch(Tiling(1, false, 2, k, n), n);
    run("cooperative_classification_f32", c.shared, table(2, n * k), table(2, 2), table(2, n * k), floats(n, k - 1.f), table(2, n, 1), n, k, rho,
        floats(1), c.partial, c.ticket, ints({0}));
    run("cooperative_regression_f32", c.shared, table(2, n * k), table(2, 2), table(2, n * k), floats(n * k), table(2, n, 1), n, k, rho,
        floats(1), c.partial, c.ticket);
    for (int together = 0; together < 2; ++together) run("inverse_rows_f32", 0, floats(together ? 1 : s), table(s, n, 1), s, n, together);
}

static void optimizer(int size) {
    const std::vector<std::vector<int>> layouts = {{0, size}, {1, size}, {0, 0, size / 2, size}};
    for (const auto& bounds : layouts) {
        const int parts = (int) bounds.size() / 2;
        run("adamw_f32", 0, floats(size), floats(size), floats(size), floats(size), ints(bounds), parts, .01f, .9f, .999f, 1e-8f, .1f, floats(2));
        run("copy_parts_f32", 0, floats(size), floats(size), ints(bounds), parts);
        run("rescale_parts_f32", 0, floats(size), floats(size), ints(bounds), parts, table(parts, 1));
        run("noise_parts_f32", 0, floats(size), ints(bounds), parts, ints(std::vector<int>(parts, 3)), ints({7, 0}));
    }
}

int main() {
    const int shapes[][3] = {{1, 1, 1}, {3, 2, 4}, {2, 33, 5}, {1, 7, 64}, {2, 3, 37}};
    for (const auto& shape : shapes) dense(shape[0], shape[1], shape[2]);
    const int widths[][5] = {{1, 1, 1, 1, 1}, {2, 3, 4, 8, 4}, {1, 5, 3, 2, 33}, {2, 2, 17, 35, 7}};
    for (const auto& w : widths) for (int one = 0; one < 2; ++one) fusion(w[0], w[1], w[2], w[3], w[4], one);
    const int gates[][4] = {{1, 1, 1, 1}, {2, 3, 4, 3}, {1, 5, 33, 2}, {2, 2, 7, 5}};
    for (const auto& g : gates) gate(g[0], g[1], g[2], g[3]);
    const int cohorts[][3] = {{1, 1, 1}, {2, 5, 2}, {5, 3, 10}, {3, 2, 70}, {2, 1, 6100}};
    for (const auto& c : cohorts) for (int mutual = 0; mutual < 2; ++mutual) loss(c[0], c[1], c[2], mutual * 0.5f, 1 + mutual);
    for (int size = 1; size < 10; size += 2) optimizer(size);
    if (ran.size() != cpu::registry().size()) { std::printf("only %zu of %zu kernels ran\n", ran.size(), cpu::registry().size()); return 1; }
    std::printf("%d launches of %zu kernels\n", launches, ran.size());
    return 0;
}
