package org.metafusion.data.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "+1",
                "-1.5",
                ".5",
                "5.",
                " 7\t",
                "1e3",
                "1E+3",
                "1e-3",
                "-.5e-1",
                "1e-60",
                "3.4028235e38",
                "1.17549435E-38",
                "1.4e-45",
                "16777217",
                "16777219",
                "0.1",
                "00000000000000000000001.5",
                "123456789012345678901234567890",
                "9007199254740993",
                "1.00000005960464477539062500",
                "1e-100000000000"
            })
    void isTheNearestFloat(String text) {
        assertThat(Decimals.toFloat(text)).isEqualTo(Float.parseFloat(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                ".",
                "+.",
                "e5",
                "1e",
                "1e+",
                "1f",
                "1d",
                "0x1p3",
                "NaN",
                "Infinity",
                "1,5",
                "1 2",
                "--1",
                "1.2.3",
                "1e1.5",
                "1e39",
                "-1e400",
                "\u0661"
            })
    void isNotANumber(String text) {
        assertThat(Decimals.toFloat(text)).isNaN();
    }

    @Test
    void isTheNearestFloatOfManyTexts() {
        Random random = new Random(7);
        for (int i = 0; i < 40_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (!Float.isFinite(value)) {
                continue;
            }
            String text = switch (i % 4) {
                case 0 -> Float.toString(value);
                case 1 -> Double.toString(value * (1 + 1e-9 * random.nextGaussian()));
                case 2 -> new BigDecimal(random.nextFloat()).toPlainString();
                default -> Float.toString(random.nextFloat() * 1000);
            };
            float nearest = Float.parseFloat(text);
            if (Float.isFinite(nearest)) {
                assertThat(Decimals.toFloat(text)).as(text).isEqualTo(nearest);
            }
        }
    }

    /** Texts just beside the middle of two floats, where rounding twice goes wrong. */
    @Test
    void roundsOnceBesideTheMiddleOfTwoFloats() {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            float low = random.nextFloat() * 100 + 0.001f;
            BigDecimal middle =
                    new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
            String text = middle.round(new java.math.MathContext(15 + i % 4)).toString();
            assertThat(Decimals.toFloat(text)).as(text).isEqualTo(Float.parseFloat(text));
        }
    }
}
