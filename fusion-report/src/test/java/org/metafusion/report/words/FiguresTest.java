package org.metafusion.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "0.12345, 0.1235",
        "0.1, 0.1000",
        "0.00012345, 0.0001235",
        "0.000012345, 1.235e-05",
        "1, 1.000",
        "12.3456, 12.35",
        "1234.56, 1235",
        "123456, 123456",
        "-0.5, -0.5000",
        "0.99999, 1.000",
        "99999.6, 100000",
        "3e12, 3.000e+12",
        "NaN, -",
        "Infinity, -",
    })
    void fourDigitsThatMatter(double value, String text) {
        assertThat(Figures.significant(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "1, 1", "100, 100", "1e-7, 0.0000001"})
    void settingsAreAsShortAsCanBe(double value, String text) {
        assertThat(Figures.shortest(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0.0 s", "12.34, 12.3 s", "59.6, 1 min 0 s", "185, 3 min 5 s"})
    void durations(double seconds, String text) {
        assertThat(Figures.duration(seconds)).isEqualTo(text);
    }

    @Test
    void meanAndDeviationHaveTheSameDecimals() {
        assertThat(new Spread(List.of(0.912, 0.954)).text(Figures.Style.PERCENT))
                .isEqualTo("93.3 ± 3.0");
        assertThat(new Spread(List.of(1.5, 2.5)).text(Figures.Style.PLAIN)).isEqualTo("2.000 ± 0.707");
        assertThat(new Spread(List.of(0.912)).text(Figures.Style.PERCENT)).isEqualTo("91.2");
        assertThat(new Spread(List.of(1e-9, 3e-9)).text(Figures.Style.PLAIN)).isEqualTo("2.000e-09");
    }

    @Test
    void countsAreInTheRightNumber() {
        assertThat(Figures.count(1, "class")).isEqualTo("1 class");
        assertThat(Figures.count(0, "class")).isEqualTo("0 classes");
        assertThat(Figures.count(2, "row")).isEqualTo("2 rows");
    }
}
