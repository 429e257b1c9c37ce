package org.metafusion.ensemble.study.timing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.CohortFitter;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.CompleteRows;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;

/** Accuracy against the time of a prediction: early, late and intermediate fusion and the committee, on complete rows. */
public final class TimingStudy implements Study {

    private static final int MOST_SINGLE = 100;
    private static final Claim ACCURATE = new Claim(
            "arXiv 2507.20089 (the committee against its special cases)",
            "The committee is at least as accurate as early, late and intermediate fusion.");
    private static final Claim SLOWER = new Claim(
            "arXiv 2506.20494 (Eq. 4 and 5) weighs accuracy against cost in words; the figures are this project's",
            "The committee's accuracy is paid for with time: a row takes longer than by early fusion.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "early-vs-late",
                    "accuracy against prediction time of early, late and intermediate fusion and the committee",
                    1,
                    5,
                    ACCURATE,
                    SLOWER)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Timed> timed = new ArrayList<>();
        LeadMetric metric = LeadMetric.ACCURACY;
        for (StudyRun run : context.runs()) {
            SplitDataset split = context.data().givenOr("demo", run);
            metric = LeadMetric.of(split.test().task());
            timed.addAll(measure(context, run, split));
        }
        StudyTable rows = table(timed, metric);
        return new StudyReport(
                List.of(rows.overRuns("Test " + metric.label() + " and the time of a prediction")),
                List.of(rows),
                List.of(accurate(timed, metric), slower(timed)),
                List.of(
                        "Times are medians on this machine while nothing was kept from running beside it; single rows"
                                + " are predicted on the calling thread, batches on the backend.",
                        "Only test rows that have every modality are predicted."));
    }

    private static List<Timed> measure(StudyContext context, StudyRun run, SplitDataset split) {
        MultimodalDataset test = CompleteRows.of(split.test());
        Stopwatch watch = new Stopwatch(context.isSmall() ? 5 : 50);
        FitOptions options = context.options(run);
        List<Timed> timed = new ArrayList<>();
        try (TensorBackend backend = context.openBackend();
                FittedCohort fitted = new CohortFitter(backend, options, context.progress()).fit(split.train())) {
            for (FusionStage stage : FusionStage.of(fitted, options)) {
                try (FusionModel model = new FusionModel(stage.content(), backend)) {
                    timed.add(timed(run.seed(), stage, model, test, watch));
                }
            }
        }
        return timed;
    }

    private static Timed timed(
            long seed, FusionStage stage, FusionModel model, MultimodalDataset test, Stopwatch watch) {
        List<Sample> singles = IntStream.range(0, Math.min(MOST_SINGLE, test.rows()))
                .mapToObj(row -> sample(test.samples(), row))
                .toList();
        double single = watch.micros(() -> singles.forEach(model::predict)) / singles.size();
        double batch = watch.micros(() -> model.predict(test.samples())) / test.rows();
        double score = LeadMetric.of(test.task()).in(model.evaluate(test));
        return new Timed(seed, stage.name(), stage.content().cohort().size(), score, single, batch);
    }

    private static Sample sample(Samples rows, int row) {
        Map<String, float[]> features = new LinkedHashMap<>();
        for (FeatureTable table : rows.tables()) {
            float[] values = new float[table.modality().width()];
            table.rowValues().copy(row, 1, values, 0);
            features.put(table.modality().name(), values);
        }
        return new Sample(features);
    }

    private static Finding accurate(List<Timed> timed, LeadMetric metric) {
        Map<String, Double> scores = means(timed, Timed::score);
        double committee = scores.getOrDefault(FusionStage.COMMITTEE, Double.NaN);
        boolean held = scores.values().stream().allMatch(score -> committee >= score);
        return Finding.of(
                ACCURATE,
                held,
                "Mean " + metric.label() + ": "
                        + scores.entrySet().stream()
                                .map(e -> e.getKey() + " " + metric.said(e.getValue()))
                                .collect(Collectors.joining(", "))
                        + ".");
    }

    private static Finding slower(List<Timed> timed) {
        Map<String, Double> single = means(timed, Timed::single);
        if (!single.containsKey(FusionStage.EARLY)) {
            return Finding.open(SLOWER, "The cohort has no raw student of all modalities to compare with.");
        }
        double early = single.getOrDefault(FusionStage.EARLY, Double.NaN);
        double committee = single.getOrDefault(FusionStage.COMMITTEE, Double.NaN);
        return Finding.of(
                SLOWER,
                committee > early,
                String.format(
                        java.util.Locale.ROOT,
                        "A single row takes %.1f microseconds by early fusion and %.1f by the committee.",
                        early,
                        committee));
    }

    private static Map<String, Double> means(List<Timed> timed, java.util.function.ToDoubleFunction<Timed> figure) {
        return timed.stream()
                .collect(Collectors.groupingBy(Timed::fusion, LinkedHashMap::new, Collectors.averagingDouble(figure)));
    }

    private static StudyTable table(List<Timed> timed, LeadMetric metric) {
        return new StudyTable(
                "times",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.compared("fusion", "fusion"),
                        StudyColumn.figure("students", "students").aside(),
                        StudyColumn.of(metric).best(StudyColumn.Best.HIGHEST),
                        StudyColumn.figure("single", "us a single row")
                                .measuring("microseconds a single row")
                                .best(StudyColumn.Best.LOWEST),
                        StudyColumn.figure("batch", "us a row of a batch")
                                .measuring("microseconds a row of a batch")
                                .best(StudyColumn.Best.LOWEST)),
                timed.stream()
                        .map(t -> List.of(
                                StudyValue.of(t.seed()),
                                StudyValue.of(t.fusion()),
                                StudyValue.of((double) t.students()),
                                StudyValue.of(t.score()),
                                StudyValue.of(t.single()),
                                StudyValue.of(t.batch())))
                        .toList());
    }
}
