package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests' own test: faults put into the kernels' sources, each of which a check must notice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlantedFaultsTest {

    /**
     * A change of the sources.
     *
     * @param text what stands there, {@code planted} what stands there instead
     * @param caughtBy how the names of the checks begin of which one must notice
     */
    private record Fault(String name, String file, String text, String planted, String caughtBy) {
        @Override
        public String toString() {
            return file + ": " + name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(inShared(), inDense(), inFusion(), inGates(), inLossBlocks(), inLossFormulas(), inOptimizer())
                .flatMap(List::stream);
    }

    private static List<Fault> inShared() {
        return List.of(
                new Fault(
                        "no barrier before the tree of strands",
                        "kernels.cuh",
                        "shared[threadIdx.x] = value;\n        __syncthreads();",
                        "shared[threadIdx.x] = value;",
                        "bias backward"),
                new Fault(
                        "a barrier that only some reach",
                        "kernels.cuh",
                        "            if (strand < apart) {\n                shared",
                        "            if (strand < apart) {\n                __syncthreads();\n                shared",
                        "bias backward"),
                new Fault(
                        "group sums a shuffle short",
                        "kernels.cuh",
                        "apart = lanes / 2",
                        "apart = lanes / 4",
                        "softmax"),
                new Fault(
                        "last element left out",
                        "kernels.cuh",
                        "singles = area - 4 * count;",
                        "singles = area - 4 * count - 1;",
                        "relu"),
                new Fault(
                        "alignment of the second operand ignored",
                        "kernels.cuh",
                        "count = alike && area",
                        "count = area",
                        "relu backward"));
    }

    private static List<Fault> inDense() {
        return List.of(
                new Fault("gather from the first index", "dense.cu", "rows[from + i])", "rows[i])", "gather"),
                new Fault(
                        "softmax without its largest logit",
                        "dense.cu",
                        "expf((from[c] - most) * scale)",
                        "expf(from[c] * scale)",
                        "softmax"),
                new Fault(
                        "softmax gradient without its mean",
                        "dense.cu",
                        "p[c] * (gradient[c] - mean)",
                        "p[c] * gradient[c]",
                        "softmax backward"),
                new Fault("sigmoid that overflows", "dense.cu", "expf(-fabsf(v))", "expf(v)", "sigmoid of extremes"),
                new Fault("inverse root of nothing", "dense.cu", "v > 1e-12f", "true", "inverse root of extremes"),
                new Fault("student number off by one", "kernels.cuh", "(student) + 1u", "(student)", "dropout"));
    }

    private static List<Fault> inFusion() {
        return List.of(
                new Fault(
                        "quad not mirrored",
                        "fusion.cu",
                        "reversed(load4(right + d - 4 - j))",
                        "load4(right + d - 4 - j)",
                        "product forward"),
                new Fault("mirror off by one", "fusion.cu", "right[d - 1 - j]", "right[d - j]", "product forward"),
                new Fault(
                        "only the last tile of a row's sum",
                        "fusion.cu",
                        "tile == 0 ? dot : dX[s][row * d + a] + dot",
                        "dot",
                        "outer backward"),
                new Fault(
                        "line of the constant 1 not skipped",
                        "fusion.cu",
                        "(item + at.row * augmented) * width",
                        "item * width",
                        "bilinear input"));
    }

    private static List<Fault> inGates() {
        return List.of(
                new Fault(
                        "the next row for the next block",
                        "gate.cu",
                        "at.row / blocks * width",
                        "at.row * width",
                        "gate"),
                new Fault("a block too few", "gate.cu", "b < blocks", "b < blocks - 1", "add gated"),
                new Fault(
                        "the first gate of a row for each column",
                        "gate.cu",
                        "g[s][at.row * gates + column]",
                        "g[s][at.row * gates]",
                        "rows gated"),
                new Fault("lanes not summed", "gate.cu", "sum = group_sum(sum, lanes);", "", "rows gated backward"));
    }

    private static List<Fault> inLossBlocks() {
        return List.of(
                new Fault(
                        "no barrier between board and peers",
                        "loss.cu",
                        "        if (rho != 0.f) {\n            __syncthreads();",
                        "        if (rho != 0.f) {",
                        "classification"),
                new Fault(
                        "no barrier before the next step",
                        "loss.cu",
                        "            sum_rows(step, tile, i == 0, scratch.partial);\n            __syncthreads();",
                        "            sum_rows(step, tile, i == 0, scratch.partial);",
                        "classification"),
                new Fault(
                        "entropy from the wrong lane",
                        "loss.cu",
                        "mixed[b], 1, lanes",
                        "mixed[b], 0, lanes",
                        "classification"),
                new Fault(
                        "totals by the first block, not the last",
                        "loss.cu",
                        "== static_cast<int>(gridDim.x) - 1",
                        "== 0",
                        "regression"),
                new Fault("ticket not reset", "loss.cu", "*ticket = 0;", "", "classification"),
                new Fault(
                        "only the last step of a tile",
                        "loss.cu",
                        "first ? task : __ldcg(to + TASK) + task",
                        "task",
                        "several steps"));
    }

    private static List<Fault> inLossFormulas() {
        return List.of(
                new Fault(
                        "peers push instead of pull",
                        "loss.cu",
                        "taught * soft - mixed",
                        "mixed - taught * soft",
                        "classification"),
                new Fault(
                        "peers without rows teach",
                        "loss.cu",
                        "divergence[rows[b] + j] * weight;",
                        "divergence[rows[b] + j];",
                        "regression"),
                new Fault(
                        "sign of the disagreement",
                        "loss.cu",
                        "own - rho * difference",
                        "own + rho * difference",
                        "cooperative"));
    }

    private static List<Fault> inOptimizer() {
        return List.of(
                new Fault(
                        "part longer than its bounds",
                        "optimizer.cu",
                        "bounds[2 * part + 1] - from);",
                        "bounds[2 * part + 1]);",
                        "AdamW"),
                new Fault("moments swapped", "optimizer.cu", "rest2 * g * g", "rest2 * g", "AdamW"),
                new Fault(
                        "small moments kept",
                        "optimizer.cu",
                        "rest1 * g + FLUSH - FLUSH",
                        "rest1 * g",
                        "AdamW makes 0"),
                new Fault(
                        "rescaled from the wrong end",
                        "optimizer.cu",
                        "start + factor * (value - start)",
                        "value + factor * (start - value)",
                        "rescale"),
                new Fault("noise by every block", "optimizer.cu", "if (blockIdx.x > 0)", "if (false)", "noise"),
                new Fault(
                        "deviation around 0",
                        "optimizer.cu",
                        "(values[i] - mean) * (values[i] - mean)",
                        "values[i] * values[i]",
                        "noise"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isCaught(Fault fault) {
        CudaSources faulty = CudaSources.main().with("planted", fault.file(), fault.text(), fault.planted());
        CpuKernels kernels = CpuKernels.build(faulty, "-O0");
        assertThat(checks(fault.file()))
                .filteredOn(check -> check.name().startsWith(fault.caughtBy()))
                .as("checks that should notice")
                .isNotEmpty()
                .anyMatch(check -> notices(check, kernels));
    }

    private static boolean notices(KernelCheck check, CpuKernels kernels) {
        try {
            check.body().accept(kernels);
            return false;
        } catch (AssertionError | IllegalStateException noticed) {
            return true;
        }
    }

    private static List<KernelCheck> checks(String file) {
        return switch (file) {
            case "dense.cu" -> DenseChecks.all();
            case "fusion.cu" -> FusionChecks.all();
            case "gate.cu" -> GateChecks.all();
            case "loss.cu" -> LossChecks.all();
            case "optimizer.cu" -> OptimizerChecks.all();
            default ->
                Stream.of(
                                DenseChecks.all(),
                                FusionChecks.all(),
                                GateChecks.all(),
                                LossChecks.all(),
                                OptimizerChecks.all())
                        .flatMap(List::stream)
                        .toList();
        };
    }
}
