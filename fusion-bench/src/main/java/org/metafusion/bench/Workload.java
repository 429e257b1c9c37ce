package org.metafusion.bench;

import java.lang.management.ManagementFactory;
import java.util.List;

/** A piece of work that {@code bench/peer_pytorch.py} does as well; there its sizes are explained. */
interface Workload extends AutoCloseable {

    /** Does it once. */
    List<Figure> repeat();

    @Override
    void close();

    /**
     * The workload of that name.
     *
     * @param on the backend it runs on
     * @param tiny a small version, to see that it runs
     */
    static Workload named(String name, Place on, boolean tiny) {
        return switch (name) {
            case "cohort" -> new Phases(on, CohortShape.SMALL, new TimedCohort.Length(1400, tiny ? 1 : 20));
            case "large" -> new Phases(on, CohortShape.LARGE, new TimedCohort.Length(tiny ? 1000 : 20_000, 1));
            case "step24" -> new Steps(on, 24, tiny ? 2 : 100);
            case "step240" -> new Steps(on, 240, tiny ? 2 : 100);
            case "tensor" -> new TensorSteps(on, tiny ? 32 : 768);
            default ->
                throw new IllegalArgumentException(
                        "Unknown workload '" + name + "'; known are cohort, large, step24, step240 and tensor");
        };
    }

    /**
     * What computes.
     *
     * @param backend by name
     * @param threads of a CPU backend
     */
    record Place(String backend, int threads) {}

    /** Both phases of a cohort. */
    final class Phases implements Workload {

        private final TimedCohort cohort;

        Phases(Place on, CohortShape shape, TimedCohort.Length length) {
            cohort = new TimedCohort(on.backend(), on.threads(), shape, length);
        }

        @Override
        public List<Figure> repeat() {
            long start = System.nanoTime();
            cohort.alone();
            long middle = System.nanoTime();
            cohort.mutual();
            long end = System.nanoTime();
            return List.of(
                    Figure.seconds("phase 1", (middle - start) / 1e9), Figure.seconds("phase 2", (end - middle) / 1e9));
        }

        @Override
        public void close() {
            cohort.close();
        }
    }

    /** Steps of a whole cohort, without validation. */
    final class Steps implements Workload {

        private static final int ROWS = 1400;

        private final CohortStep step;
        private final int count;

        Steps(Place on, int students, int count) {
            this.count = count;
            CohortShape shape = CohortShape.like(students, CohortShape.SMALL.hidden(), 2);
            DeviceTensors tensors = DeviceTensors.open(on.backend(), on.threads());
            step = new CohortStep(tensors, shape.cohort(), ROWS, TimedCohort.BATCH);
        }

        @Override
        public List<Figure> repeat() {
            return List.of(
                    Figure.seconds("step alone", step.secondsAlone(count)),
                    Figure.seconds("step mutual", step.secondsMutual(count)));
        }

        @Override
        public void close() {
            step.close();
        }
    }

    /** Steps of a student with tensor fusion; seconds a step, and what is on the heap beside weights, gradients, moments. */
    final class TensorSteps implements Workload {

        private static final int STEPS = 10;

        private final CohortStep step;
        private final double expectedBytes;

        TensorSteps(Place on, int features) {
            double parameters = 32.0 * features * features;
            expectedBytes = usedBytes() + 4 * Float.BYTES * parameters;
            DeviceTensors tensors = DeviceTensors.open(on.backend(), on.threads());
            int rows = STEPS * TensorStepBenchmark.BATCH;
            step = new CohortStep(tensors, CohortStep.tensorFusion(features, 32), rows, TensorStepBenchmark.BATCH);
        }

        @Override
        public List<Figure> repeat() {
            long start = System.nanoTime();
            for (int i = 0; i < STEPS; i++) {
                step.alone();
            }
            double seconds = (System.nanoTime() - start) / 1e9 / STEPS;
            return List.of(
                    Figure.seconds("step", seconds),
                    Figure.megabytes("memory beside parameters", (usedBytes() - expectedBytes) / 1048576.0));
        }

        /** A step allocates nothing, so what is left after a collection is what it takes. */
        private static long usedBytes() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        @Override
        public void close() {
            step.close();
        }
    }
}
