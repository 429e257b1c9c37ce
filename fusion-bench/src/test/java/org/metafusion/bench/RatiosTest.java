package org.metafusion.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatiosTest {

    private static Contender contender(String name) {
        return new Contender(
                name,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Workloads.class.getName(),
                        "--workload",
                        "tensor",
                        "--tiny"));
    }

    @Test
    void contendersTakeTurnsAndAreTabled() {
        List<Contender> contenders = List.of(contender("metafusion"), contender("another"));
        try {
            contenders.forEach(Contender::warmUp);
            contenders.forEach(Contender::repeat);
            contenders.forEach(Contender::repeat);
        } finally {
            contenders.forEach(Contender::close);
        }
        contenders.get(0).repeatCold();

        assertThat(contenders.get(1).measured().get("step, seconds")).hasSize(2);
        assertThat(RatioTable.of("tensor", contenders).lines().map(line -> line.split(" {2,}")[0]))
                .containsExactly(
                        "tensor", "step, seconds", "memory beside parameters, megabytes", "cold process, seconds");
    }

    @ParameterizedTest
    @CsvSource({"cohort, phase 1", "large, phase 1", "step24, step alone", "tensor, step"})
    void workloadsRun(String name, String part) {
        try (Workload workload = Workload.named(name, new Workload.Place("cpu", 1), true)) {
            assertThat(workload.repeat().get(0)).satisfies(figure -> {
                assertThat(figure.part()).isEqualTo(part);
                assertThat(figure.value()).isPositive();
            });
        }
    }

    @Test
    void figuresSurviveTheWayBetweenProcesses() {
        Figure figure = Figure.seconds("phase 1", 4.25);

        assertThat(Figure.parse(figure.json("cohort", 2))).contains(figure);
        assertThat(Figure.parse("{\"done\": 3}")).isEmpty();
    }

    @Test
    void mediansAreOfSortedValues() {
        assertThat(RatioTable.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(RatioTable.median(List.of(4.0, 1.0))).isEqualTo(2.5);
        assertThat(RatioTable.median(List.of())).isNaN();
    }

    @Test
    void unknownOptionsAreRefused() {
        Map<String, String> known = Map.of("rounds", "5");

        assertThat(new Arguments(new String[] {"--rounds", "7"}, known).number("rounds"))
                .isEqualTo(7);
        assertThatThrownBy(() -> new Arguments(new String[] {"--round", "7"}, known))
                .hasMessage("Unknown option '--round'; known are --rounds");
        assertThatThrownBy(() -> new Arguments(new String[] {"--rounds"}, known))
                .hasMessage("Option --rounds takes a value");
    }
}
