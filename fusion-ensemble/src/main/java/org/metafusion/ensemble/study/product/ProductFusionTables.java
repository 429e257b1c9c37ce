package org.metafusion.ensemble.study.product;

import java.util.List;
import java.util.function.Predicate;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;

/** The scores as tables. */
final class ProductFusionTables {

    private static final StudyColumn SEED = StudyColumn.run("seed", "seed");
    private static final StudyColumn LABEL = StudyColumn.setting("label", "label");
    private static final StudyColumn ROWS = StudyColumn.setting("rows", "training rows");
    private static final StudyColumn OPERATOR = StudyColumn.compared("operator", "operator");
    private static final StudyColumn ACCURACY = StudyColumn.percent("accuracy", "accuracy %");
    private static final StudyColumn AUC = StudyColumn.figure("auc", "AUC");

    private ProductFusionTables() {}

    static StudyTable sizes(List<Scored> scored) {
        return new StudyTable(
                "sizes", "", List.of(SEED, LABEL, ROWS, OPERATOR, ACCURACY, AUC), rows(scored, Scored::isClean, false));
    }

    static StudyTable noise(List<Scored> scored) {
        StudyColumn noised = StudyColumn.setting("noised", "noise in");
        StudyColumn factor = StudyColumn.setting("factor", "factor");
        return new StudyTable(
                "noise",
                "",
                List.of(SEED, LABEL, ROWS, OPERATOR, noised, factor, ACCURACY, AUC),
                rows(scored, s -> !s.isClean(), true));
    }

    private static List<List<StudyValue>> rows(List<Scored> scored, Predicate<Scored> wanted, boolean withNoise) {
        return scored.stream()
                .filter(wanted)
                .map(s -> withNoise ? noisy(s) : clean(s))
                .toList();
    }

    private static List<StudyValue> clean(Scored s) {
        return List.of(
                StudyValue.of(s.of().seed()),
                StudyValue.of(s.of().label().toString()),
                StudyValue.of((long) s.of().rows()),
                StudyValue.of(s.operator()),
                StudyValue.of(s.accuracy()),
                StudyValue.of(s.auc()));
    }

    private static List<StudyValue> noisy(Scored s) {
        return List.of(
                StudyValue.of(s.of().seed()),
                StudyValue.of(s.of().label().toString()),
                StudyValue.of((long) s.of().rows()),
                StudyValue.of(s.operator()),
                StudyValue.of(s.noised()),
                StudyValue.of(s.factor()),
                StudyValue.of(s.accuracy()),
                StudyValue.of(s.auc()));
    }
}
