package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.fusion.AttentionFusion;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FactorisedFusion;
import org.metafusion.core.fusion.FilmFusion;
import org.metafusion.core.fusion.FusionBinding;
import org.metafusion.core.fusion.FusionOperator;
import org.metafusion.core.fusion.GatedFusion;
import org.metafusion.core.fusion.LowRankFusion;
import org.metafusion.core.fusion.MeanFusion;
import org.metafusion.core.fusion.ParameterBlock;
import org.metafusion.core.fusion.ProductFusion;
import org.metafusion.core.fusion.RowFusion;
import org.metafusion.core.fusion.TensorFusion;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/**
 * What every fusion operator must compute on every backend: the head's first layer over {@link OperatorReference}'s terms,
 * all its gradients by finite differences of that reference, and for single rows what it computes for a batch.
 */
public abstract class FusionOperatorsContract extends BackendContract {

    private static final Members MEMBERS = Members.of(1, 3);
    private static final int ROWS = 3;
    private static final int OUTPUTS = 2;

    /**
     * An operator on representations of these widths, every {@code sharedEach}-th of them shared by the students; in
     * {@code partial} ones row i lacks each representation j with i + j divisible by 3.
     */
    record OperatorCase(FusionOperator operator, List<Integer> widths, int sharedEach, boolean partial) {

        OperatorCase(FusionOperator operator, List<Integer> widths, int sharedEach) {
            this(operator, widths, sharedEach, false);
        }

        boolean lacks(int row, int input) {
            return partial && (row + input) % 3 == 0;
        }

        /** One over the number of representations there, 0 for one that is not. */
        Matrix presence() {
            Matrix presence = Matrix.zeros(ROWS, widths.size());
            for (int row = 0; row < ROWS; row++) {
                int at = row;
                long there = IntStream.range(0, widths.size())
                        .filter(input -> !lacks(at, input))
                        .count();
                for (int input = 0; input < widths.size(); input++) {
                    presence.set(row, input, lacks(row, input) ? 0 : 1.0 / there);
                }
            }
            return presence;
        }

        Members members(int input) {
            return input % sharedEach == 0 ? Members.SHARED : MEMBERS;
        }

        @Override
        public String toString() {
            return operator.name() + " of " + widths + (sharedEach == 1 ? ", shared" : "")
                    + (partial ? ", partial" : "");
        }
    }

    static Stream<OperatorCase> operators() {
        List<FusionOperator> any = List.of(
                new Concatenation(),
                new TensorFusion(false),
                new TensorFusion(true, 0),
                new LowRankFusion(3, 5),
                new LowRankFusion(1, 1),
                new MeanFusion(7),
                new FactorisedFusion(5),
                new GatedFusion(5),
                new AttentionFusion(3),
                new FilmFusion(5));
        List<List<Integer>> widths = List.of(List.of(3, 5), List.of(4, 1, 7), List.of(2, 3, 5, 4));
        Stream<OperatorCase> unequal = any.stream()
                .flatMap(operator -> widths.stream()
                        .flatMap(w -> Stream.of(new OperatorCase(operator, w, 1), new OperatorCase(operator, w, 2))));
        Stream<OperatorCase> equal = Stream.of(List.of(5, 5), List.of(3, 3, 3), List.of(1, 1, 1, 1))
                .map(w -> new OperatorCase(new ProductFusion(), w, 2));
        Stream<OperatorCase> partial = widths.stream().map(w -> new OperatorCase(new FactorisedFusion(5), w, 2, true));
        return Stream.of(unequal, equal, partial).flatMap(cases -> cases);
    }

    /** The operands of one case on the host. */
    private final class Operands {
        private final OperatorCase fusion;
        private final List<MatrixStack> inputs = new ArrayList<>();
        private final List<MatrixStack> parameters = new ArrayList<>();
        private final List<MatrixStack> weights = new ArrayList<>();
        private final MatrixStack y = calm(MEMBERS, ROWS, OUTPUTS);
        private final MatrixStack dY = calm(MEMBERS, ROWS, OUTPUTS);

        Operands(OperatorCase fusion) {
            this.fusion = fusion;
            for (int i = 0; i < fusion.widths.size(); i++) {
                inputs.add(calm(fusion.members(i), ROWS, fusion.widths.get(i)));
            }
            for (ParameterBlock block : fusion.operator.parameters(fusion.widths)) {
                parameters.add(calm(MEMBERS, block.rows(), block.cols()));
            }
            for (int width : fusion.operator.termWidths(fusion.widths)) {
                weights.add(calm(MEMBERS, width, OUTPUTS));
            }
        }

        /** Values without outliers: products of four of them must stay in reach of float32. */
        private MatrixStack calm(Members members, int rows, int cols) {
            return MatrixStack.of(
                    members, s -> Matrix.zeros(rows, cols).map(ignored -> (float) (0.7 * random.nextGaussian())));
        }

        private List<MatrixStack> all() {
            return Stream.of(inputs, parameters, weights).flatMap(List::stream).toList();
        }

        /** {@code y} plus the terms' products, where operand {@code changed} of {@link #all} of a student is another. */
        Matrix layer(int student, int changed, Matrix instead) {
            List<Matrix> own = new ArrayList<>(
                    all().stream().map(stack -> stack.matrix(student)).toList());
            if (changed >= 0) {
                own.set(changed, instead);
            }
            int first = inputs.size() + parameters.size();
            List<Matrix> terms = terms(own.subList(0, inputs.size()), own.subList(inputs.size(), first));
            assertThat(terms).hasSameSizeAs(weights);
            Matrix sum = y.matrix(student);
            for (int t = 0; t < terms.size(); t++) {
                sum = DenseReference.multiply(sum, terms.get(t), own.get(first + t));
            }
            return sum;
        }

        List<Matrix> terms(List<Matrix> of, List<Matrix> by) {
            return fusion.partial
                    ? List.of(OperatorReference.factorised(of, by, fusion.presence()))
                    : OperatorReference.terms(fusion.operator.name(), of, by);
        }

        Optional<Tensor> presence() {
            return fusion.partial ? Optional.of(upload(MatrixStack.shared(fusion.presence()))) : Optional.empty();
        }

        MatrixStack gradient(int operand) {
            return MatrixStack.of(
                    MEMBERS,
                    s -> FiniteDifferences.gradient(
                            at -> FiniteDifferences.dot(dY.matrix(s), layer(s, operand, at)),
                            all().get(operand).matrix(s)));
        }
    }

    private List<Tensor> upload(List<MatrixStack> stacks) {
        return stacks.stream().map(stack -> upload(stack)).toList();
    }

    private List<Tensor> poisoned(List<MatrixStack> stacks) {
        return stacks.stream()
                .map(stack -> upload(poison(MEMBERS, stack.rows(), stack.cols())))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void addsItsTermsAndTrainsAllThatIsBeforeThem(OperatorCase fusion) {
        Operands operands = new Operands(fusion);
        Set<Integer> trained = IntStream.range(0, fusion.widths.size())
                .filter(i -> fusion.sharedEach > 1 || i > 0)
                .boxed()
                .collect(Collectors.toSet());
        List<Tensor> dParameters = poisoned(operands.parameters);
        List<Tensor> dWeights = poisoned(operands.weights);
        List<Tensor> dInputs = poisoned(operands.inputs);
        List<Tensor> weights = upload(operands.weights);
        Tensor dY = upload(operands.dY);
        FusionOperator.FusionPass pass = fusion.operator.bind(new FusionBinding(
                backend,
                arena,
                MEMBERS,
                upload(operands.inputs),
                trained,
                new FusionBinding.Parameters(upload(operands.parameters), dParameters),
                operands.presence()));
        for (int time = 0; time < 2; time++) { // twice, since a pass is used for every step
            Tensor y = upload(operands.y);
            pass.forward(y, weights);
            assertClose("y", MatrixStack.of(MEMBERS, s -> operands.layer(s, -1, operands.y.matrix(s))), y);
            pass.backward(dY, weights, dWeights, dInputs);
        }
        List<Tensor> gradients =
                Stream.of(dInputs, dParameters, dWeights).flatMap(List::stream).toList();
        for (int operand = 0; operand < gradients.size(); operand++) {
            if (operand >= fusion.widths.size() || trained.contains(operand)) {
                assertClose("gradient " + operand, operands.gradient(operand), gradients.get(operand));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void frozenInputsNeedNoGradientsAndPredictionNoneAtAll(OperatorCase fusion) {
        Operands operands = new Operands(fusion);
        List<Tensor> inputs = upload(operands.inputs);
        List<Tensor> parameters = upload(operands.parameters);
        List<Tensor> weights = upload(operands.weights);
        List<Tensor> dParameters = poisoned(operands.parameters);
        List<Tensor> dWeights = poisoned(operands.weights);
        Tensor y = upload(operands.y);

        fusion.operator
                .bind(new FusionBinding(
                        backend,
                        arena,
                        MEMBERS,
                        inputs,
                        Set.of(),
                        new FusionBinding.Parameters(parameters, List.of()),
                        operands.presence()))
                .forward(y, weights);
        FusionOperator.FusionPass pass = fusion.operator.bind(new FusionBinding(
                backend,
                arena,
                MEMBERS,
                inputs,
                Set.of(),
                new FusionBinding.Parameters(parameters, dParameters),
                operands.presence()));
        pass.forward(upload(operands.y), weights);
        pass.backward(upload(operands.dY), weights, dWeights, List.of());

        assertClose("y", MatrixStack.of(MEMBERS, s -> operands.layer(s, -1, operands.y.matrix(s))), y);
        for (int i = 0; i < dParameters.size(); i++) {
            assertClose("dParameter " + i, operands.gradient(inputs.size() + i), dParameters.get(i));
        }
        int first = inputs.size() + dParameters.size();
        for (int i = 0; i < dWeights.size(); i++) {
            assertClose("dWeights " + i, operands.gradient(first + i), dWeights.get(i));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void aRowIsABatchOfOne(OperatorCase fusion) {
        Operands operands = new Operands(fusion);
        int student = MEMBERS.student(1);
        RowFusion rows = fusion.operator.onRows(
                fusion.widths,
                operands.parameters.stream()
                        .map(stack -> floats(stack.matrix(student)))
                        .toList());
        List<Matrix> terms = operands.terms(
                operands.inputs.stream().map(stack -> stack.matrix(student)).toList(),
                operands.parameters.stream().map(stack -> stack.matrix(student)).toList());
        float[][] scratch = rows.newScratch();
        for (int row = 0; row < ROWS; row++) {
            int at = row;
            float[] got = new float[terms.stream().mapToInt(Matrix::cols).sum()];
            java.util.Arrays.fill(got, Float.NaN);
            float[][] inputs = IntStream.range(0, fusion.widths.size())
                    .mapToObj(input -> fusion.lacks(at, input)
                            ? new float[0]
                            : floats(row(operands.inputs.get(input).matrix(student), at)))
                    .toArray(float[][]::new);

            rows.fuse(backend.rowKernel(), inputs, scratch, got);

            double[] want = terms.stream()
                    .flatMapToDouble(
                            term -> java.util.Arrays.stream(row(term, at).values()))
                    .toArray();
            TensorAssert.assertClose("row " + row, want, got, Tolerance.ofProducts(16));
        }
    }

    private static Matrix row(Matrix matrix, int row) {
        Matrix one = Matrix.zeros(1, matrix.cols());
        IntStream.range(0, matrix.cols()).forEach(j -> one.set(0, j, matrix.get(row, j)));
        return one;
    }

    private static float[] floats(Matrix matrix) {
        return MatrixStack.shared(matrix).floats();
    }

    /** Errors of a chain of sums are relative to its largest results. */
    private void assertClose(String what, MatrixStack want, Tensor got) {
        double largest =
                java.util.Arrays.stream(want.values()).map(Math::abs).max().orElse(0);
        TensorAssert.assertClose(
                what, want, backend.download(got), Tolerance.ofProducts(16).withFloor(Math.max(1, largest)));
    }
}
