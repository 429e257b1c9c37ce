package org.metafusion.ensemble.study.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;

/**
 * The cost of a fit against the number of modalities and of representations of each. The simulated features are dealt out
 * to modalities of {@value #WIDTH} features each, so that only the number of modalities changes.
 */
public final class ScalingStudy implements Study {

    private static final int WIDTH = 15;
    private static final int MOST_STUDENTS = 4096;
    private static final List<String> REPRESENTATIONS = List.of("raw", "pca10", "pca5", "enc8");
    private static final Claim PRODUCT = new Claim(
            "arXiv 2507.20089, section on the cohort",
            "With k representations and null, M modalities make (k + 1)^M - 1 students.");
    private static final Claim SUBLINEAR = new Claim(
            "this project's design: a cohort is one network",
            "A student of a large cohort costs less time than one of a small cohort.");
    private static final StudyProfile PROFILE = StudyProfile.of(
            "scaling", "time of a fit against the number of modalities and representations", 1, 3, PRODUCT, SUBLINEAR);

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    @Override
    public StudyReport run(StudyContext context) {
        int mostModalities = context.isSmall() ? 2 : 4;
        int mostRepresentations = context.isSmall() ? 2 : REPRESENTATIONS.size();
        List<Cost> costs = new ArrayList<>();
        measure(context, new StudyRun(0, context.seeds().get(0)), 1, 1); // Not counted: the compiler learns the code.
        for (StudyRun run : context.runs()) {
            for (int modalities = 1; modalities <= mostModalities; modalities++) {
                for (int kinds = 1; kinds <= mostRepresentations; kinds++) {
                    costs.add(measure(context, run, modalities, kinds));
                }
            }
        }
        StudyTable rows = table(costs);
        return new StudyReport(
                List.of(rows.overRuns("What a fit costs")),
                List.of(rows),
                List.of(product(costs), cheaper(costs)),
                List.of("Times are of whole fits on this machine, with all epochs and values of rho of the options;"
                        + " students that stop early make a fit shorter."));
    }

    private static Cost measure(StudyContext context, StudyRun run, int modalities, int kinds) {
        MultimodalDataset rows =
                dealt(context.data().simulated("demo", run.seed()).train(), modalities);
        Map<String, List<String>> representations = new TreeMap<>();
        rows.modalities().forEach(m -> representations.put(m.name(), REPRESENTATIONS.subList(0, kinds)));
        FitOptions options = context.options(run);
        CohortOptions cohort = options.cohort();
        CohortOptions wanted = new CohortOptions(
                representations,
                cohort.heads().subList(0, 1),
                true,
                cohort.operators(),
                cohort.operatorSizes(),
                MOST_STUDENTS);
        try (MetaFusion fusion = context.fusion(options.withCohort(wanted))) {
            FitResult result = fusion.fit(rows);
            result.model().close();
            return new Cost(run.seed(), modalities, kinds, result.students().size(), result.seconds());
        }
    }

    /** The features of all modalities, the first {@value #WIDTH} to one modality, the next to another, and so on. */
    private static MultimodalDataset dealt(MultimodalDataset rows, int modalities) {
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            float[] values = new float[rows.rows() * WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                copyColumn(rows, m + j * modalities, values, j);
            }
            tables.add(FeatureTable.complete(Modality.of("m" + m, WIDTH), rows.rows(), values));
        }
        return new MultimodalDataset(rows.name(), new Samples(rows.samples().ids(), tables), rows.targets());
    }

    /** A column of the concatenation, which is begun again where it ends. */
    private static void copyColumn(MultimodalDataset rows, int column, float[] values, int to) {
        int[] widths = rows.modalities().stream().mapToInt(Modality::width).toArray();
        int at = column % IntStream.of(widths).sum();
        int modality = 0;
        while (at >= widths[modality]) {
            at -= widths[modality];
            modality++;
        }
        float[] from = rows.samples().tables().get(modality).values();
        for (int row = 0; row < rows.rows(); row++) {
            values[row * WIDTH + to] = from[row * widths[modality] + at];
        }
    }

    private static Finding product(List<Cost> costs) {
        boolean held = costs.stream()
                .allMatch(cost -> cost.students() == Math.pow(cost.representations() + 1, cost.modalities()) - 1);
        Cost largest =
                costs.stream().max(Comparator.comparingInt(Cost::students)).orElseThrow();
        return Finding.of(
                PRODUCT,
                held,
                largest.modalities() + " modalities of " + largest.representations() + " representations make "
                        + largest.students() + " students.");
    }

    private static Finding cheaper(List<Cost> costs) {
        int[] sizes =
                costs.stream().mapToInt(Cost::students).distinct().sorted().toArray();
        int large = sizes[sizes.length - 1];
        double few = perStudent(costs, sizes[0]);
        double many = perStudent(costs, large);
        return Finding.of(
                SUBLINEAR,
                many < few,
                String.format(
                        Locale.ROOT,
                        "%.0f milliseconds a student in the smallest cohort, of %d, and %.0f in the largest, of %d.",
                        few,
                        sizes[0],
                        many,
                        large));
    }

    private static double perStudent(List<Cost> costs, int students) {
        double[] millis = costs.stream()
                .filter(cost -> cost.students() == students)
                .mapToDouble(cost -> 1e3 * cost.seconds() / students)
                .toArray();
        return Arrays.stream(millis).average().orElseThrow();
    }

    private static StudyTable table(List<Cost> costs) {
        return new StudyTable(
                "costs",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.compared("modalities", "modalities"),
                        StudyColumn.setting("representations", "representations each"),
                        StudyColumn.setting("students", "students"),
                        StudyColumn.figure("seconds", "seconds"),
                        StudyColumn.figure("millis", "ms a student").measuring("milliseconds a student")),
                costs.stream()
                        .map(cost -> List.of(
                                StudyValue.of(cost.seed()),
                                StudyValue.of((long) cost.modalities()),
                                StudyValue.of((long) cost.representations()),
                                StudyValue.of((long) cost.students()),
                                StudyValue.of(cost.seconds()),
                                StudyValue.of(1e3 * cost.seconds() / cost.students())))
                        .toList());
    }
}
