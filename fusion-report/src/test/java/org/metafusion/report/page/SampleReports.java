package org.metafusion.report.page;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.importance.ModalityImportance;
import org.metafusion.ensemble.importance.PermutationImportance;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.robustness.Disturbance;
import org.metafusion.ensemble.robustness.Robustness;
import org.metafusion.ensemble.robustness.RobustnessCurve;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.content.ComparisonReport;
import org.metafusion.report.content.EvaluationReport;
import org.metafusion.report.content.FitReport;
import org.metafusion.report.content.ImportanceReport;
import org.metafusion.report.content.MeasuredRows;
import org.metafusion.report.content.RobustnessReport;

/** A report of each kind, of small fits of simulated data. */
final class SampleReports {

    private static final int TRAIN = 160;
    private static final int TEST = 60;

    private SampleReports() {}

    /** By a name for files. */
    static Map<String, Report> all() {
        Map<String, Report> reports = new LinkedHashMap<>();
        SplitDataset classes = small(MetaFusionSimulation.DEMO);
        FusionConfig config = config("greedy");
        try (MetaFusion fusion = MetaFusion.configure().config(config).build()) {
            FitResult result = fusion.fit(classes.train()).with(fusion.competition(classes.train()));
            try (FusionModel model = result.model()) {
                reports.put("fit", FitReport.of(result));
                reports.put("robustness", robustness(model, classes));
                reports.put("importance", importance(model, classes));
                reports.put("evaluate", evaluation(model, classes.test()));
            }
            reports.put("compare", comparison(classes, config, fusion.backend()));
            reports.put("cv", crossValidation(classes, config, fusion.backend()));
        }
        reports.put("experiment", SampleStudy.report());
        reports.put("names", new SampleFit().report());
        reports.put("demo-regression", measured(small("1.1")));
        return reports;
    }

    private static FusionConfig config(String rule) {
        return FusionConfig.defaults()
                .with(Map.of(
                        "backend", "cpu",
                        "threads", "1",
                        "seed", "3",
                        "training.epochs", "4",
                        "cohort.hidden", "[8]",
                        "cohort.max-students", "8",
                        "mutual.rhos", "[0.5, 1]",
                        "committee.rule", rule));
    }

    private static SplitDataset small(String simulation) {
        SplitDataset data = MetaFusionSimulation.named(simulation).generate(5);
        return new SplitDataset(
                data.train().select(IntStream.range(0, TRAIN).toArray()),
                data.test().select(IntStream.range(0, TEST).toArray()));
    }

    private static Report measured(SplitDataset data) {
        try (MetaFusion fusion = MetaFusion.configure().config(config("auto")).build()) {
            FitResult result = fusion.fit(data);
            try (FusionModel model = result.model()) {
                return FitReport.of(result);
            }
        }
    }

    private static Report robustness(FusionModel model, SplitDataset data) {
        List<Disturbance> kinds = Disturbance.standard(model).subList(0, 2);
        List<RobustnessCurve> curves = new Robustness(1, 0).measure(model, data.test(), kinds, curve -> {});
        return RobustnessReport.of(
                MeasuredRows.of(data.test(), "test"),
                LeadMetric.of(model.task()),
                curves,
                List.of("It falls."),
                Provenance.of(model));
    }

    private static Report importance(FusionModel model, SplitDataset data) {
        ModalityImportance importance = ModalityImportance.of(model, data.test(), 1);
        PermutationImportance permutation = new PermutationImportance(model, data.test(), 2, 1);
        return ImportanceReport.of(
                MeasuredRows.of(data.test(), "train"),
                importance,
                permutation.ofFeatures(0, 3),
                List.of("Both matter."),
                Provenance.of(model));
    }

    /** A third of the rows lack the first modality. */
    private static Report evaluation(FusionModel model, MultimodalDataset test) {
        List<FeatureTable> tables = new ArrayList<>(test.samples().tables());
        BitSet missing = new BitSet();
        for (int row = 0; row < test.rows(); row += 3) {
            missing.set(row);
        }
        FeatureTable first = tables.get(0);
        tables.set(
                0,
                new FeatureTable(first.modality(), first.rows(), first.values().clone(), missing));
        MultimodalDataset rows =
                new MultimodalDataset("birds", new Samples(test.samples().ids(), tables), test.targets());
        return EvaluationReport.of(rows, model.predict(rows.samples()), "all", Provenance.of(model));
    }

    private static Report comparison(SplitDataset data, FusionConfig config, TensorBackend backend) {
        List<MeasuredRun> runs = IntStream.range(0, 2)
                .mapToObj(run -> {
                    Comparison comparison =
                            new Comparison(backend, config.options().withSeed(run), TrainingListener.SILENT);
                    return new MeasuredRun("seed " + run, run, TRAIN, TEST, 1.5, comparison.run(data));
                })
                .toList();
        return ComparisonReport.comparison(
                "birds", data.train().task(), runs, Provenance.of("birds", config, backend.info()));
    }

    private static Report crossValidation(SplitDataset data, FusionConfig config, TensorBackend backend) {
        Comparison comparison = new Comparison(backend, config.options(), TrainingListener.SILENT);
        List<MeasuredRun> runs = IntStream.range(0, 3)
                .mapToObj(fold ->
                        new MeasuredRun("fold " + (fold + 1), 3, TRAIN, TEST, 0.5, comparison.committeeAlone(data)))
                .toList();
        return ComparisonReport.crossValidation(
                "birds", data.train().task(), runs, Provenance.of("birds", config, backend.info()));
    }
}
