package org.metafusion.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.cohort.CohortPlan;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.training.representation.PcaExtractor;

/**
 * What a cohort to be timed looks like: each modality has the representations raw, PCA of the given widths, and null.
 *
 * <p>Fewer students than there are pairings of two modalities are taken evenly from among them, more repeat them in
 * turn, so that the mean work of a student hardly depends on how many there are.
 *
 * @param features of each modality
 * @param pca widths
 * @param hidden width of the heads' one hidden layer
 */
record CohortShape(int students, List<Integer> features, List<Integer> pca, int hidden, int classes) {

    /** 24 students of 240 + 216 features, a hidden layer of 64 and 10 classes. */
    static final CohortShape SMALL = new CohortShape(24, List.of(240, 216), List.of(64, 32, 16), 64, 10);

    /** Eight students of 768 + 768 features, raw and PCA 256, with a hidden layer of 256: bound by the products. */
    static final CohortShape LARGE = new CohortShape(8, List.of(768, 768), List.of(256), 256, 10);

    private static final int FEWEST_PAIRINGS = 24;

    /** The small cohort with other sizes; modalities have 240 and 216 features in turn. */
    static CohortShape like(int students, int hidden, int modalities) {
        List<Integer> features = IntStream.range(0, modalities)
                .mapToObj(m -> SMALL.features.get(m % 2))
                .toList();
        return new CohortShape(students, features, SMALL.pca, hidden, SMALL.classes);
    }

    List<Modality> modalities() {
        return IntStream.range(0, features.size())
                .mapToObj(m -> Modality.of("m" + m, features.get(m)))
                .toList();
    }

    Task.Classification task() {
        return new Task.Classification(
                IntStream.range(0, classes).mapToObj(c -> "c" + c).toList());
    }

    Cohort cohort() {
        List<Representation> each = new ArrayList<>(List.of(new Representation.Raw()));
        for (int width : pca) {
            each.add(new Representation.Extracted(PcaExtractor.NAME, width));
        }
        List<List<Representation>> all = features.stream().map(f -> each).toList();
        List<StudentSpec> pairings = CohortPlan.allPairings(
                        all, HeadSpec.of(hidden), Math.max(students, FEWEST_PAIRINGS))
                .build(modalities(), task())
                .students();
        List<StudentSpec> chosen = IntStream.range(0, students)
                .mapToObj(s ->
                        pairings.get(students < pairings.size() ? s * pairings.size() / students : s % pairings.size()))
                .toList();
        return new Cohort(modalities(), task(), chosen);
    }

    /** Divergence weights {@code [students][students]}: all learn equally from the first few. */
    static float[][] divergenceWeights(int students, int topPerformers) {
        int top = Math.min(students, topPerformers);
        float[][] weights = new float[students][students];
        for (int i = 0; i < students; i++) {
            for (int j = 0; j < top; j++) {
                weights[i][j] = i == j ? 0f : 1f / top;
            }
        }
        return weights;
    }
}
