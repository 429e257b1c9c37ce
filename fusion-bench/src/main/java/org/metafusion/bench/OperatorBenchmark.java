package org.metafusion.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.metafusion.core.fusion.FusionBinding;
import org.metafusion.core.fusion.FusionOperator;
import org.metafusion.core.fusion.FusionOperator.FusionPass;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.InitialValues;
import org.metafusion.core.fusion.ParameterBlock;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each fusion operator with the head's first layer after it, forward and backward, for a whole cohort over shared
 * representations {@code [n, width]} of several modalities; microseconds a call.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests package -pl fusion-bench -am
 * java -jar fusion-bench/target/fusion-bench.jar OperatorBenchmark -p modalities=2,4
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OperatorBenchmark extends KernelBenchmark {

    /** The operator by name. */
    @Param({"concatenation", "product", "tensor", "low-rank", "mean", "gated", "attention", "film"})
    public String operator = "concatenation";

    /** Representations to fuse. */
    @Param("2")
    public int modalities = 2;

    /** Students in the stack. */
    @Param("24")
    public int students = 24;

    /** Rows of a batch. */
    @Param("64")
    public int n = 64;

    /** Width of each representation, and of the head's first layer. */
    @Param("64")
    public int width = 64;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private FusionPass pass;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private Tensor y;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private List<Tensor> weights;

    @SuppressWarnings("NullAway.Init") // set up by JMH
    private List<Tensor> dWeights;

    /** Opens the backend. */
    @Setup(Level.Trial)
    public void open() {
        tensors = DeviceTensors.open(backendName, threads);
        Members members = Members.all(students);
        FusionOperator fusion = FusionOperators.standard().named(operator);
        List<Integer> widths = Collections.nCopies(modalities, width);
        List<ParameterBlock> blocks = fusion.parameters(widths);
        List<ParameterBlock> terms = fusion.termWidths(widths).stream()
                .map(term -> new ParameterBlock(term, width, InitialValues.ofFanIn(term)))
                .toList();
        weights = matrices(members, terms);
        dWeights = matrices(members, terms);
        y = tensors.random(members, n, width);
        List<Tensor> inputs = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            inputs.add(tensors.random(Members.SHARED, n, width));
        }
        pass = fusion.bind(new FusionBinding(
                tensors.backend(),
                tensors.arena(),
                members,
                inputs,
                Set.of(),
                new FusionBinding.Parameters(matrices(members, blocks), matrices(members, blocks))));
    }

    private List<Tensor> matrices(Members members, List<ParameterBlock> blocks) {
        return blocks.stream()
                .map(block -> tensors.random(members, block.rows(), block.cols()))
                .toList();
    }

    /** The terms and their product with the head's weights. */
    @Benchmark
    public void forward() {
        pass.forward(y, weights);
        tensors.backend().synchronize();
    }

    /** Gradients of all parameters, the representations being frozen. */
    @Benchmark
    public void backward() {
        pass.backward(y, weights, dWeights, List.of());
        tensors.backend().synchronize();
    }
}
