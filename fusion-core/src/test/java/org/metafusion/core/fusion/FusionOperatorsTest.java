package org.metafusion.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;

/** Names of operators, with and without sizes. */
final class FusionOperatorsTest {

    private static final List<Integer> INPUTS = List.of(5, 3);

    private final FusionOperators operators = FusionOperators.standard();

    private int width(String name) {
        return operators.named(name).termWidths(INPUTS).get(0);
    }

    @Test
    void aNameWithoutSizesIsOfWidth64AndRank4AsInModelsStoredBefore() {
        for (String name : operators.sizedNames()) {
            assertThat(width(name)).as(name).isEqualTo(64);
            assertThat(operators.named(name).name()).isEqualTo(name);
        }
        // rank * width columns for each factor, and the bias
        assertThat(operators.named("low-rank").parameters(INPUTS).get(0).cols()).isEqualTo(4 * 64);
    }

    @Test
    void sizesFollowTheName() {
        for (String name : operators.sizedNames()) {
            assertThat(width(name + 32)).as(name).isEqualTo(32);
            assertThat(operators.named(name + 32).name()).isEqualTo(name + 32);
            assertThat(operators.knows(name + 32)).isTrue();
        }
        FusionOperator lowRank = operators.named("low-rank32x8");
        assertThat(lowRank.termWidths(INPUTS)).containsExactly(32);
        assertThat(lowRank.parameters(INPUTS).get(0).cols()).isEqualTo(8 * 32);
        assertThat(lowRank.name()).isEqualTo("low-rank32x8");
    }

    @ParameterizedTest
    @CsvSource({
        "mean64, mean",
        "low-rank64, low-rank",
        "low-rank64x4, low-rank",
        "low-rank32x4, low-rank32",
        "low-rank64x8, low-rank64x8",
        "film016, film16"
    })
    void oneOperatorHasOneName(String asked, String name) {
        assertThat(operators.named(asked).name()).isEqualTo(name);
        assertThat(operators.named(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "mean, mean16",
        "mean64, mean",
        "low-rank, low-rank16x2",
        "low-rank8, low-rank8x2",
        "low-rank8x3, low-rank8x3",
        "concatenation, concatenation",
        "product, product"
    })
    void sizesOfTheCohortFillInWhatANameLeavesOpen(String asked, String name) {
        FusionOperator operator = operators.named(asked, new OperatorSizes(16, 2));
        assertThat(operator.name()).isEqualTo(name);
        assertThat(operators.named(name).termWidths(List.of(5, 5))).isEqualTo(operator.termWidths(List.of(5, 5)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "sum | Unknown fusion operator 'sum'; known are [concatenation, product, tensor, tensor-augmented, low-rank,"
                        + " mean, factorised, gated, attention, film]",
                "sum32 | Unknown fusion operator 'sum32'; known are [concatenation, product, tensor, tensor-augmented,"
                        + " low-rank, mean, factorised, gated, attention, film]",
                "mean-32 | Unknown fusion operator 'mean-32'; known are [concatenation, product, tensor,"
                        + " tensor-augmented, low-rank, mean, factorised, gated, attention, film]",
                "mean0 | Fusion operator 'mean0' has a width of 0; give it 1 or more",
                "low-rank8x0 | Fusion operator 'low-rank8x0' has a rank of 0; give it 1 or more",
                "product32 | Fusion operator 'product' has no width to choose; write 'product' in place of 'product32'",
                "mean32x8 | Fusion operator 'mean' has a width but no rank; write 'mean32' in place of 'mean32x8'"
            })
    void saysWhatANameLacks(String name, String message) {
        assertThatThrownBy(() -> operators.named(name))
                .isInstanceOf(FusionException.class)
                .hasMessage(message);
        assertThat(operators.knows(name)).isFalse();
    }

    @Test
    void sizesAreOnesThatANameCanHold() {
        assertThatThrownBy(() -> new OperatorSizes(64, 0))
                .isInstanceOf(FusionException.class)
                .hasMessage("Option 'operatorRank' must be 1 to 999999 but is 0");
        assertThatThrownBy(() -> new OperatorSizes(1_000_000, 4))
                .isInstanceOf(FusionException.class)
                .hasMessage("Option 'operatorWidth' must be 1 to 999999 but is 1000000");
    }
}
