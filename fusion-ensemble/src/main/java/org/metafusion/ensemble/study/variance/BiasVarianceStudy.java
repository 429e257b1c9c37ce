package org.metafusion.ensemble.study.variance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.CompleteRows;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Lead;
import org.metafusion.ensemble.study.SmallFits;
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
 * The squared error on fixed test rows in its parts, bias and variance over initialisations, against rho; a seed is a draw
 * of the data, within which a cohort is trained several times.
 */
public final class BiasVarianceStudy implements Study {

    private static final int FEW = 3;
    private static final int MANY = 10;
    private static final String SOURCE = "arXiv 2507.20089, section 3";
    private static final Claim REDUCES = new Claim(
            SOURCE, "Under every rho mutual learning reduces the variance of the top performers over initialisations.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "bias-variance",
                    "squared error as bias and variance over initialisations, against rho",
                    2,
                    5,
                    REDUCES)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    /** The values of rho are those of {@code mutual.rhos}. */
    @Override
    public FitOptions options(StudySize size) {
        FitOptions options = SmallFits.ofMetaFusion(size);
        List<Double> rhos = size == StudySize.SMALL ? List.of(0.0, 2.0) : List.of(0.0, 0.5, 1.0, 2.0, 5.0);
        return options.withMutual(options.mutual().withRhos(rhos));
    }

    @Override
    public StudyReport run(StudyContext context) {
        int trainings = context.isSmall() ? FEW : MANY;
        List<Decomposed> parts = new ArrayList<>();
        try (TensorBackend backend = context.openBackend()) {
            for (StudyRun run : context.runs()) {
                SplitDataset data =
                        CompleteRows.tested(context.data().givenOr(context.isSmall() ? "demo" : "1.1", run));
                parts.addAll(new Initialisations(backend, context.options(run), context.progress(), data)
                        .decompose(trainings));
            }
        }
        StudyTable rows = table(parts);
        return new StudyReport(
                List.of(rows.overRuns("Squared error over " + trainings + " initialisations")),
                List.of(rows),
                List.of(reduces(parts)),
                List.of(
                        "Of classes it is that of the probabilities. What cannot be known from the features counts as"
                                + " bias.",
                        "Top performers are the students that are screened as such at least half as often as the one"
                                + " that is most often."));
    }

    /** Judged strictly: under each rho above 0 less than without teaching. */
    private static Finding reduces(List<Decomposed> parts) {
        double[] without = variances(parts, 0, Decomposed.TOP);
        List<Lead> leads = parts.stream()
                .map(Decomposed::rho)
                .distinct()
                .filter(rho -> rho > 0)
                .sorted(Comparator.naturalOrder())
                .map(rho -> Lead.of("rho " + rho, without, variances(parts, rho, Decomposed.TOP)))
                .toList();
        if (without.length == 0 || leads.isEmpty()) {
            return Finding.open(REDUCES, "There is no rho above 0, or not 0, in mutual.rhos to compare.");
        }
        String words = String.format(
                Locale.ROOT,
                "Variance of the top performers alone %.3g; less by teaching under %s.",
                new Lead("", without).mean(),
                Lead.figures(leads));
        return Lead.ahead(REDUCES, leads, words);
    }

    private static double[] variances(List<Decomposed> parts, double rho, String who) {
        return parts.stream()
                .filter(p -> p.rho() == rho && p.who().equals(who))
                .mapToDouble(p -> p.parts().variance())
                .toArray();
    }

    private static StudyTable table(List<Decomposed> parts) {
        return new StudyTable(
                "parts",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.setting("rho", "rho"),
                        StudyColumn.setting("who", "who"),
                        StudyColumn.figure("bias", "bias squared").measuring("squared error"),
                        StudyColumn.figure("variance", "variance").measuring("squared error"),
                        StudyColumn.figure("error", "squared error").measuring("squared error")),
                parts.stream()
                        .map(p -> List.of(
                                StudyValue.of(p.seed()),
                                StudyValue.of(p.rho()),
                                StudyValue.of(p.who()),
                                StudyValue.of(p.parts().bias()),
                                StudyValue.of(p.parts().variance()),
                                StudyValue.of(p.parts().error())))
                        .toList());
    }
}
