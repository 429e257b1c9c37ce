package org.metafusion.ensemble.study.missing;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.robustness.Filling;
import org.metafusion.ensemble.robustness.MeanFilling;
import org.metafusion.ensemble.robustness.MissingStress;
import org.metafusion.ensemble.robustness.NeighbourFilling;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.training.representation.Standardiser;

/**
 * The stress test of missing modalities: 0, 20, 40 and 60 % of a modality's test rows lack it, each modality apart and all
 * together, answered by the committee of what is there and by that of all modalities after filling in.
 */
public final class MissingStudy implements Study {

    private static final Claim NEVER_BEHIND = new Claim(
            "arXiv 2506.20494 (Eq. 9) asks for fusion that copes with missing modalities; the measure is this project's",
            "Answering from what is there is never worse than filling in the mean (zero after standardisation).");
    private static final Claim AHEAD = new Claim(
            "this project's goal, for mfeat and scene15",
            "With 60 % of all inputs missing, answering from what is there is ahead of mean filling by 5 points.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "missing",
                    "0 to 60 % of inputs missing: the committee of what is there against filling in",
                    2,
                    5,
                    NEVER_BEHIND,
                    AHEAD)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Measured> measured = new ArrayList<>();
        LeadMetric metric = LeadMetric.ACCURACY;
        for (StudyRun run : context.runs()) {
            SplitDataset split = context.data().givenOr("demo", run);
            metric = LeadMetric.of(split.test().task());
            measure(context, run, split).forEach(point -> measured.add(new Measured(run.seed(), point)));
        }
        MissingFindings findings = new MissingFindings(measured, metric);
        StudyTable rows = table(measured, metric);
        return new StudyReport(
                List.of(rows.overRuns("Test " + metric.label() + " by what is missing")),
                List.of(rows),
                List.of(findings.neverBehind(NEVER_BEHIND), findings.ahead(AHEAD)),
                List.of(
                        "Mean filling is zero filling of the standardised inputs, so the two are one row.",
                        "A row keeps one modality at least, so with all modalities thinned out somewhat less than the"
                                + " share is missing."));
    }

    private static List<MissingStress.Point> measure(StudyContext context, StudyRun run, SplitDataset split) {
        try (MetaFusion fusion = context.fusion(context.options(run));
                FusionModel model = fusion.fit(split.train()).model()) {
            List<Standardiser> standardisers = model.content().preparation().standardisers();
            Samples train = model.aligned(split.train().samples());
            List<Filling> fillings =
                    List.of(new MeanFilling(standardisers), new NeighbourFilling(train, standardisers));
            Targets targets = split.test().targets();
            MultimodalDataset test = new MultimodalDataset(
                    split.test().name(), model.aligned(split.test().samples()), targets);
            return MissingStress.USUAL.measure(model, test, fillings, run.seed());
        }
    }

    private static StudyTable table(List<Measured> measured, LeadMetric metric) {
        List<List<StudyValue>> rows = measured.stream()
                .map(m -> List.of(
                        StudyValue.of(m.seed()),
                        StudyValue.of(m.point().modality()),
                        StudyValue.of(m.point().share()),
                        StudyValue.of(m.point().answer()),
                        StudyValue.of(m.point().missing()),
                        StudyValue.of(m.point().score())))
                .toList();
        return new StudyTable(
                "scores",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.setting("modality", "missing modality"),
                        StudyColumn.setting("share", "share of rows"),
                        StudyColumn.compared("answer", "answered by"),
                        StudyColumn.percent("missing", "inputs missing %").aside(),
                        StudyColumn.of(metric)),
                rows);
    }
}
