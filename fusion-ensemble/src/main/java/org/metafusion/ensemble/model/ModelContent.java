package org.metafusion.ensemble.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.Preparation;

/**
 * What a model consists of.
 *
 * @param cohort the students that are a member of a committee, numbered from 0
 * @param folds copies of each student; their mean is what the student says
 * @param preparation of their inputs
 * @param parameters of all students, flat, in the order of the cohort
 * @param committees by the modalities that are there
 * @param provenance for people and machines: seeds, options, data, backend, losses
 */
public record ModelContent(
        Cohort cohort,
        int folds,
        Preparation preparation,
        float[] parameters,
        CommitteeBook committees,
        Map<String, Object> provenance) {

    /**
     * The members of committees of a fitted cohort.
     *
     * @param outcome the phase whose students are meant
     * @param book their committees
     */
    public static ModelContent of(
            FittedCohort fitted, PhaseOutcome outcome, CommitteeBook book, Map<String, Object> provenance) {
        Map<Integer, Integer> numbers = new HashMap<>();
        List<StudentSpec> kept = new ArrayList<>();
        List<float[]> parameters = new ArrayList<>();
        for (int student : book.students()) {
            numbers.put(student, kept.size());
            kept.add(fitted.cohort().students().get(student));
            parameters.add(outcome.students().get(student).parameters());
        }
        Cohort cohort = new Cohort(fitted.cohort().modalities(), fitted.cohort().task(), kept);
        return new ModelContent(
                cohort,
                fitted.split().folds(),
                fitted.prepared().preparation().forPrediction(cohort),
                joined(parameters),
                book.renumbered(numbers),
                provenance);
    }

    /** Where the students' parameters lie. */
    public CohortLayout layout(FusionOperators operators) {
        return new CohortLayout(cohort, folds, operators, preparation::width);
    }

    private static float[] joined(List<float[]> parts) {
        float[] flat = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int offset = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, flat, offset, part.length);
            offset += part.length;
        }
        return flat;
    }

    /** The same content with test metrics in its provenance, in place of those that were there. */
    public ModelContent withTest(String dataset, int rows, Map<String, Double> metrics) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        metrics.forEach((name, value) -> numbers.put(name, ManifestNode.decimal(value)));
        Map<String, Object> more = new LinkedHashMap<>(provenance);
        more.put("test", Map.of("dataset", dataset, "rows", rows, "metrics", numbers));
        return new ModelContent(cohort, folds, preparation, parameters, committees, more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelContent that
                && cohort.equals(that.cohort)
                && folds == that.folds
                && Arrays.equals(parameters, that.parameters)
                && provenance.equals(that.provenance);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parameters);
    }
}
