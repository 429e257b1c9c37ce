package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperator;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.ExtractionShape;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.StudentSpec;

/**
 * Leaves out pairings whose widths their operator cannot fuse, such as a product of 768 and 300 features, so that an
 * operator that fits some pairings can be named for a whole cohort. Remembers for each operator why it refused.
 *
 * <p>Widths are those extractors expect to give for the rows that have a modality, in each fold; one that later finds a lower
 * rank, as where rows are there twice, still fails.
 */
final class FusablePairings implements Predicate<StudentSpec> {

    private final Map<String, FeatureExtractor> extractors;
    private final List<List<ExtractionShape>> shapes = new ArrayList<>();
    private final Map<String, FusionOperator> operators = new LinkedHashMap<>();
    private final Map<String, String> refusals = new LinkedHashMap<>();

    /** @throws FusionException if an operator is unknown */
    FusablePairings(TrainingRows rows, Extractors extractors, FusionOperators known, List<String> names) {
        this.extractors = extractors.byName();
        for (int fold = 0; fold < rows.folds(); fold++) {
            int[] learned = rows.learnedBy(fold);
            int outputs = rows.train().task().outputs();
            shapes.add(rows.train().samples().tables().stream()
                    .map(table -> new ExtractionShape(
                            table.modality().width(),
                            (int) IntStream.of(learned).filter(table::isPresent).count(),
                            outputs))
                    .toList());
        }
        names.forEach(name -> operators.put(name, known.named(name)));
    }

    @Override
    public boolean test(StudentSpec student) {
        FusionOperator operator = operators.get(student.operator());
        if (operator == null || student.modalities().length == 1) {
            return true;
        }
        try {
            for (List<ExtractionShape> fold : shapes) {
                operator.termWidths(IntStream.of(student.modalities())
                        .mapToObj(m ->
                                width(fold.get(m), student.representations().get(m)))
                        .toList());
            }
            return true;
        } catch (FusionException e) {
            refusals.putIfAbsent(operator.name(), e.getMessage());
            return false;
        }
    }

    private int width(ExtractionShape shape, Representation representation) {
        if (representation instanceof Representation.Extracted extracted) {
            FeatureExtractor extractor = extractors.get(extracted.extractor());
            return extractor == null ? extracted.width() : extractor.outputWidth(shape, extracted.width());
        }
        return representation.encoder().map(EncoderForm::width).orElse(shape.features());
    }

    /**
     * Why operators refused pairings of the cohort, one reason each; empty if none did.
     *
     * @throws FusionException if an operator is left with no pairing at all
     */
    List<String> refusals(Cohort cohort) {
        refusals.forEach((name, why) -> {
            if (cohort.students().stream().noneMatch(s -> s.operator().equals(name) && s.modalities().length > 1)) {
                throw new FusionException("Fusion operator '" + name + "' fuses none of the pairings: " + why);
            }
        });
        return List.copyOf(refusals.values());
    }
}
