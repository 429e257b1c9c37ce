package org.metafusion.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.metafusion.cli.progress.Progress;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/** Fits over several divisions of the rows, each with a seed of its own. */
record Runs(SplitPlan plan, int count, FitOptions options, TensorBackend backend, Progress progress) {

    List<MeasuredRun> of(BiFunction<Comparison, SplitDataset, List<StrategyOutcome>> measured) {
        List<MeasuredRun> runs = new ArrayList<>();
        for (int run = 0; run < count; run++) {
            progress.work("run " + (run + 1) + " of " + count);
            long seed = options.training().seed() + run;
            SplitDataset split = plan.split(run);
            long start = System.nanoTime();
            List<StrategyOutcome> outcomes =
                    measured.apply(new Comparison(backend, options.withSeed(seed), progress), split);
            runs.add(new MeasuredRun(
                    plan.name(run),
                    seed,
                    split.train().rows(),
                    split.test().rows(),
                    (System.nanoTime() - start) / 1e9,
                    outcomes));
        }
        return runs;
    }
}
