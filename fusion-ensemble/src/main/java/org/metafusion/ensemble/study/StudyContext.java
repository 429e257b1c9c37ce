package org.metafusion.ensemble.study;

import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.Backends;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;

/**
 * What a study runs with.
 *
 * @param backends the installed ones
 * @param config which of them, threads, and how models are fitted
 * @param seeds of the repetitions, one or more
 */
public record StudyContext(
        Backends backends,
        FusionConfig config,
        StudySize size,
        List<Long> seeds,
        StudyData data,
        StudyProgress progress) {

    public StudyContext {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw new FusionException("A study needs one seed or more");
        }
    }

    /** Seeds counted up from that of the configuration. */
    public static List<Long> seeds(FusionConfig config, int count) {
        long first = config.options().training().seed();
        return IntStream.range(0, count).mapToObj(i -> first + i).toList();
    }

    /** The repetitions in order; progress is told of each as it is taken. */
    public Iterable<StudyRun> runs() {
        return () -> IntStream.range(0, seeds.size())
                .mapToObj(i -> {
                    progress.work("seed " + seeds.get(i) + ", " + (i + 1) + " of " + seeds.size());
                    return new StudyRun(i, seeds.get(i));
                })
                .iterator();
    }

    public boolean isSmall() {
        return size == StudySize.SMALL;
    }

    /** How models are fitted, with the seed of a run. */
    public FitOptions options(StudyRun run) {
        return config.options().withSeed(run.seed());
    }

    /** What fits models under the given options; close it. */
    public MetaFusion fusion(FitOptions options) {
        return MetaFusion.configure()
                .backends(backends)
                .config(new FusionConfig(config.backend(), config.threads(), options))
                .listener(progress)
                .build();
    }

    /** A backend of the study's own; close it. */
    public TensorBackend openBackend() {
        return backends.open(config.backend(), new BackendConfig(config.threads()));
    }
}
