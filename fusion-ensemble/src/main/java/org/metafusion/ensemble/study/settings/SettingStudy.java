package org.metafusion.ensemble.study.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.PaperOptions;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.StrategyOutcome;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;

/**
 * A simulated setting of Meta Fusion with the noise ratio of modality {@code x} as in the paper and higher: every way to
 * fuse, and the committee of students that learned from the top performers, from everyone, and from nobody.
 */
public final class SettingStudy implements Study {

    private static final String SOURCE = "arXiv 2507.20089, section 4";
    private static final Claim EARLY = new Claim(SOURCE, "Early fusion beats late fusion.");
    private static final Claim LATE = new Claim(SOURCE, "Late fusion beats early fusion.");
    private static final Claim COMMITTEE = new Claim(SOURCE, "The committee beats both early and late fusion.");
    private static final Claim ADAPTIVE =
            new Claim(SOURCE, "Adaptive mutual learning is no worse than an independent cohort.");
    private static final Claim ALL_PAIRS =
            new Claim(SOURCE, "Adaptive mutual learning is no worse than learning from everyone.");

    private final String setting;

    /** @param setting such as {@code 1.1} */
    public SettingStudy(String setting) {
        this.setting = setting;
    }

    @Override
    public StudyProfile profile() {
        List<Claim> claims = new ArrayList<>();
        if (isEarly()) {
            claims.add(EARLY);
        } else if (isLate()) {
            claims.add(LATE);
        }
        claims.addAll(List.of(COMMITTEE, ADAPTIVE, ALL_PAIRS));
        return StudyProfile.of(
                "meta-fusion-" + setting,
                "simulated setting " + setting + " under rising noise: ways to fuse, and who teaches whom",
                1,
                10,
                claims.toArray(Claim[]::new));
    }

    private boolean isEarly() {
        return setting.equals("1.1");
    }

    private boolean isLate() {
        return setting.startsWith("2.");
    }

    /** The paper's; small, three raw students with one hidden layer and one rho beside 0. */
    @Override
    public FitOptions options(StudySize size) {
        FitOptions paper = PaperOptions.of(setting);
        if (size == StudySize.PAPER) {
            return paper;
        }
        Map<String, List<String>> raw = Map.of("x", List.of("raw"), "z", List.of("raw"));
        return paper.withCohort(new CohortOptions(raw, List.of(HeadSpec.of(64)), true, List.of(Concatenation.NAME), 3))
                .withMutual(paper.mutual().withRhos(List.of(0.0, 1.0)));
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Double> noises = context.isSmall() ? List.of(0.0, 0.3) : List.of(0.0, 0.1, 0.2, 0.3, 0.4);
        List<Reached> reached = new ArrayList<>();
        try (TensorBackend backend = context.openBackend()) {
            for (StudyRun run : context.runs()) {
                Comparison comparison = new Comparison(backend, context.options(run), context.progress());
                for (double noise : noises) {
                    SplitDataset data = context.data().simulated(setting, noise, run.seed());
                    for (StrategyOutcome outcome : comparison.run(data)) {
                        reached.add(reached(run.seed(), noise, outcome));
                    }
                }
            }
        }
        StudyTable rows = table(reached);
        return new StudyReport(
                List.of(rows.overRuns("Test errors by what is added to the noise ratio of x")),
                List.of(rows),
                findings(new SettingFindings(reached)),
                List.of(
                        "Claims are judged at the paper's noise ratio, by squared errors of the same data; errors of two"
                                + " seeds are not to be compared, since each draws another y.",
                        "Committees differ in how their students learned only; 'committee' is the adaptive one."));
    }

    private List<Finding> findings(SettingFindings findings) {
        List<Finding> all = new ArrayList<>();
        if (isEarly()) {
            all.add(findings.ahead(EARLY, "early", List.of("late")));
        } else if (isLate()) {
            all.add(findings.ahead(LATE, "late", List.of("early")));
        }
        all.add(findings.ahead(COMMITTEE, Comparison.COMMITTEE, List.of("early", "late")));
        all.add(findings.notBehind(ADAPTIVE, Comparison.COMMITTEE, Comparison.INDEPENDENT));
        all.add(findings.notBehind(ALL_PAIRS, Comparison.COMMITTEE, Comparison.ALL_PAIRS));
        return all;
    }

    private static Reached reached(long seed, double noise, StrategyOutcome outcome) {
        Map<String, Double> metrics = outcome.metrics();
        return new Reached(
                seed,
                noise,
                outcome.name(),
                Objects.requireNonNull(metrics.get("mse")),
                Objects.requireNonNull(metrics.get("r2")));
    }

    private static StudyTable table(List<Reached> reached) {
        return new StudyTable(
                "errors",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.setting("noise", "added noise"),
                        StudyColumn.compared("strategy", "strategy"),
                        StudyColumn.figure("mse", "MSE"),
                        StudyColumn.figure("r2", "R2")),
                reached.stream()
                        .map(r -> List.of(
                                StudyValue.of(r.seed()),
                                StudyValue.of(r.extraNoise()),
                                StudyValue.of(r.strategy()),
                                StudyValue.of(r.mse()),
                                StudyValue.of(r.r2())))
                        .toList());
    }
}
