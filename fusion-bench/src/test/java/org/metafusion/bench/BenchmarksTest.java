package org.metafusion.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark still runs: once, at its smallest. */
class BenchmarksTest {

    /** A class and its parameters, {@code name=value} each. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProductsBenchmark size=2x3x4 products=auto",
                "ProductsBenchmark size=2x3x4 products=ejml",
                "MachineBenchmark mebibytes=1",
                "DenseBenchmark students=2 n=3 width=4",
                "FusionBenchmark students=2 n=3 width=4",
                "OperatorBenchmark students=2 n=3 width=4 modalities=3",
                "LossBenchmark students=3 n=4 outputs=3",
                "OptimizerBenchmark students=2 parameters=5",
                "CohortStepBenchmark students=8 rows=70 width=4 modalities=3",
                "CohortPhaseBenchmark threads=1 rows=300 epochs=1",
                "BilinearBenchmark n=3 features=4 width=2",
                "TensorStepBenchmark features=6",
                "PredictionBenchmark rows=3",
            })
    void runs(String text) throws RunnerException {
        List<String> words = List.of(text.split(" "));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + words.get(0) + "\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        for (String parameter : words.subList(1, words.size())) {
            int equals = parameter.indexOf('=');
            options = options.param(parameter.substring(0, equals), parameter.substring(equals + 1));
        }

        Collection<RunResult> results = new Runner(options.build()).run();

        assertThat(results)
                .isNotEmpty()
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void stepsLearn() {
        CohortShape shape = CohortShape.like(8, 16, 2);
        try (CohortStep step = new CohortStep(DeviceTensors.open("cpu", 1), shape.cohort(), 64, 64)) {
            step.alone();
            double first = step.meanLoss();
            for (int i = 0; i < 60; i++) {
                step.mutual();
            }
            assertThat(step.meanLoss()).isLessThan(0.9 * first);
        }
    }
}
