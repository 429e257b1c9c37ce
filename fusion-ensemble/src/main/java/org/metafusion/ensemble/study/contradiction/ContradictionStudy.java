package org.metafusion.ensemble.study.contradiction;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.robustness.Contradiction;
import org.metafusion.ensemble.robustness.Robustness;
import org.metafusion.ensemble.robustness.RobustnessCurve;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;

/**
 * The contradiction test: in more and more test rows one modality is that of a row with another label. Answered by the
 * committee of all modalities, by late fusion, and by the committee that leaves the modality out.
 */
public final class ContradictionStudy implements Study {

    private static final Claim HARMS = new Claim(
            "failure sign of arXiv 2507.20089's setting: accuracy falls when a contradicting modality is added",
            "Where a modality contradicts in every row, leaving it out is better than fusing it.");
    private static final Claim LATE = new Claim(
            "this project's question",
            "Over all shares of contradicting rows the committee is on average ahead of late fusion.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "contradiction",
                    "a modality that says the opposite: fusing it, late fusion, and leaving it out",
                    2,
                    5,
                    HARMS,
                    LATE)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Contradicted> measured = new ArrayList<>();
        LeadMetric metric = LeadMetric.ACCURACY;
        for (StudyRun run : context.runs()) {
            SplitDataset split = context.data().givenOr("demo", run);
            metric = LeadMetric.of(split.test().task());
            measured.addAll(measure(context, run, split));
        }
        ContradictionFindings findings = new ContradictionFindings(measured, metric);
        StudyTable rows = table(measured, metric);
        return new StudyReport(
                List.of(rows.overRuns(
                        "Test " + metric.label() + " by the share of rows in which a modality contradicts")),
                List.of(rows),
                List.of(findings.harms(HARMS), findings.late(LATE)),
                List.of("Each share is drawn three times; contradicting rows are taken from the other test rows."));
    }

    private static List<Contradicted> measure(StudyContext context, StudyRun run, SplitDataset split) {
        List<Contradicted> measured = new ArrayList<>();
        try (MetaFusion fusion = context.fusion(context.options(run));
                FusionModel model = fusion.fit(split.train()).model()) {
            List<RobustnessCurve> curves = new Robustness(3, run.seed())
                    .measure(model, split.test(), List.of(new Contradiction()), what -> {});
            for (RobustnessCurve curve : curves) {
                double without = curve.isOfAll() ? Double.NaN : without(model, split.test(), curve.modality());
                for (RobustnessCurve.Point point : curve.points()) {
                    measured.add(new Contradicted(run.seed(), curve.modality(), point, without));
                }
            }
        }
        return measured;
    }

    /** The score of what is there without a modality; NaN if that is nothing. */
    private static double without(FusionModel model, MultimodalDataset test, String modality) {
        Samples rows = model.aligned(test.samples());
        if (rows.tables().size() < 2) {
            return Double.NaN;
        }
        List<FeatureTable> tables = rows.tables().stream()
                .map(table -> table.modality().name().equals(modality) ? table.withoutValues() : table)
                .toList();
        Samples left = new Samples(rows.ids(), tables);
        int[] seen = java.util.stream.IntStream.range(0, left.rows())
                .filter(row -> !left.available(row).isEmpty())
                .toArray();
        MultimodalDataset set = new MultimodalDataset(test.name(), left, test.targets()).select(seen);
        return seen.length == 0 ? Double.NaN : LeadMetric.of(test.task()).in(model.evaluate(set));
    }

    private static StudyTable table(List<Contradicted> measured, LeadMetric metric) {
        StudyColumn score = StudyColumn.of(metric);
        return new StudyTable(
                "scores",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.setting("modality", "contradicting modality"),
                        StudyColumn.setting("share", "share of rows"),
                        new StudyColumn("committee", "committee", score.kind(), StudyColumn.Best.NONE, score.label()),
                        new StudyColumn("late", "late fusion", score.kind(), StudyColumn.Best.NONE, score.label()),
                        new StudyColumn("without", "without it", score.kind(), StudyColumn.Best.NONE, score.label())),
                measured.stream()
                        .map(m -> List.of(
                                StudyValue.of(m.seed()),
                                StudyValue.of(m.modality()),
                                StudyValue.of(m.point().level()),
                                StudyValue.of(m.point().score()),
                                StudyValue.of(m.point().late()),
                                StudyValue.of(m.without())))
                        .toList());
    }
}
