package org.metafusion.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.onnx.runtime.FloatRows;
import org.metafusion.onnx.runtime.OnnxSession;

/** The exported graph says what the model says, whatever the committee is made of. */
class OnnxExportTest {

    /** On rows the model learned from, where kernel distances vanish, and on others. */
    private static void assertParity(RandomStudents students, String... modalities) {
        try (FusionModel model = students.model()) {
            OnnxExport export =
                    modalities.length == 0 ? OnnxExport.of(model) : OnnxExport.of(model, List.of(modalities));
            Samples seen = RandomStudents.rows(model.task()).samples();
            CheckedGraph graph = export.checkedOn(seen);
            assertThat(graph.parity().rows()).isEqualTo(seen.rows());
            assertThat(graph.parity().largest()).isLessThanOrEqualTo(1e-5);
            assertThat(export.checkedOnRandomRows(1).parity().rows()).isEqualTo(256);
            assertThat(spread(model.predict(seen))).isGreaterThan(1e-2);
        }
    }

    /** A model that says the same of all rows would make any parity look good. */
    private static double spread(List<Prediction> predictions) {
        double[] first = predictions.stream().mapToDouble(p -> p.values()[0]).toArray();
        double mean = java.util.Arrays.stream(first).average().orElseThrow();
        return java.util.Arrays.stream(first).map(v -> Math.abs(v - mean)).max().orElseThrow();
    }

    @ParameterizedTest(name = "{0} of two and of three")
    @ValueSource(
            strings = {
                "concatenation",
                "product",
                "tensor",
                "tensor-augmented",
                "low-rank",
                "low-rank7x3",
                "mean",
                "mean5",
                "factorised",
                "gated",
                "attention",
                "film"
            })
    void everyOperator(String operator) {
        String wide = operator.equals("product") ? "pca3|pca3|-" : "raw|pca3|-";
        assertParity(new RandomStudents(RandomStudents.CLASSES).student(operator, wide));
        assertParity(new RandomStudents(RandomStudents.VALUES).student(operator, "pca3|pca3|pca3", 8));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "raw",
                "pca3",
                "kpca20",
                "laplace20",
                "rff30",
                "forest7",
                "cca3",
                "enc3(7)",
                "enc4(6,5)",
                "sup3",
                "ae3",
                "con3",
                "sup3-tuned",
                "ae3-tuned",
                "con3-tuned"
            })
    void everyRepresentation(String label) {
        assertParity(new RandomStudents(RandomStudents.CLASSES)
                .student("concatenation", label + "|" + label + "|-", 9)
                .student("concatenation", "-|-|" + label));
        assertParity(new RandomStudents(RandomStudents.VALUES).student("gated6", label + "|-|raw"));
    }

    @ParameterizedTest(name = "{0} in three folds")
    @CsvSource({"pca3|pca3|-", "laplace12|rff9|-", "forest5|-|forest9", "enc3(7)|raw|cca2", "con3-tuned|sup3|raw"})
    void crossFittedStudentsSayTheMeanOfTheirCopies(String labels) {
        assertParity(new RandomStudents(RandomStudents.CLASSES)
                .folds(3)
                .student("concatenation", labels, 6)
                .student("low-rank4x2", labels, 6, 5));
        assertParity(new RandomStudents(RandomStudents.VALUES).folds(3).student("film5", labels));
    }

    @ParameterizedTest
    @EnumSource(
            value = CombinationRule.class,
            names = {"AUTO", "CHOSEN"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyRuleOfEverySize(CombinationRule rule) {
        for (Task task : List.of(RandomStudents.CLASSES, RandomStudents.VALUES)) {
            RandomStudents students = new RandomStudents(task)
                    .rule(rule)
                    .temperature(task == RandomStudents.CLASSES ? 0.6 : 1)
                    .student("concatenation", "raw|raw|-", 6)
                    .student("concatenation", "-|raw|-", 6)
                    .student("mean", "raw|-|raw");
            assertParity(students);
            assertParity(students.student("product", "pca2|-|pca2"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"image", "text", "image text", "sound image"})
    void committeesOfFewerModalities(String modalities) {
        RandomStudents students = new RandomStudents(RandomStudents.CLASSES)
                .student("concatenation", "raw|-|-", 5)
                .student("concatenation", "-|pca3|-")
                .student("factorised", "raw|pca3|enc3(4)", 5)
                .student("concatenation", "raw|raw|raw", 5);
        assertParity(students, modalities.split(" "));
    }

    @Test
    void inputsAreTheModalitiesAndOutputsAreNamed() {
        try (FusionModel model = new RandomStudents(RandomStudents.CLASSES)
                .student("concatenation", "raw|raw|-", 5)
                .model()) {
            CheckedGraph graph = OnnxExport.of(model).checkedOnRandomRows(1);
            try (OnnxSession session = OnnxSession.of("graph", graph.bytes())) {
                assertThat(session.inputs())
                        .hasToString("{image=[-1, 6], text=[-1, 5], sound=[-1, 4]}")
                        .containsOnlyKeys(graph.inputs());
                assertThat(session.outputs()).hasToString("{probabilities=[-1, 3], logits=[-1, 3]}");
            }
        }
        try (FusionModel model = new RandomStudents(RandomStudents.VALUES)
                        .student("concatenation", "raw|raw|-", 5)
                        .model();
                OnnxSession session = OnnxSession.of(
                        "graph", OnnxExport.of(model).checkedOnRandomRows(1).bytes())) {
            assertThat(session.outputs()).hasToString("{values=[-1, 2]}");
        }
    }

    @Test
    void logitsAreCalibratedAndOneRowIsAsGoodAsMany() {
        try (FusionModel model = new RandomStudents(RandomStudents.CLASSES)
                        .temperature(2.5)
                        .student("tensor", "pca3|pca3|-", 5)
                        .model();
                OnnxSession session = OnnxSession.of(
                        "graph",
                        OnnxExport.of(model, List.of("image", "text"))
                                .checkedOnRandomRows(1)
                                .bytes())) {
            Samples rows = RandomStudents.rows(model.task()).samples();
            Samples some = new Samples(rows.ids(), rows.tables().subList(0, 2)).select(new int[] {4});
            Map<String, FloatRows> inputs = new HashMap<>();
            for (FeatureTable table : some.tables()) {
                inputs.put(table.modality().name(), new FloatRows(table.values(), 1));
            }
            float[] logits = session.run(inputs, "logits").values();
            double sum =
                    IntStream.range(0, 3).mapToDouble(c -> Math.exp(logits[c])).sum();
            double[] expected = model.predict(some).get(0).values();
            for (int c = 0; c < 3; c++) {
                assertThat(Math.exp(logits[c]) / sum).isCloseTo(expected[c], org.assertj.core.data.Offset.offset(1e-5));
            }
        }
    }

    @Test
    void equalModelsGiveEqualBytes() {
        RandomStudents students =
                new RandomStudents(RandomStudents.CLASSES).folds(2).student("gated", "laplace9|enc3(7)|raw", 5);
        try (FusionModel one = students.model();
                FusionModel other = students.model()) {
            assertThat(OnnxExport.of(one).checkedOnRandomRows(1).bytes())
                    .isEqualTo(OnnxExport.of(other).checkedOnRandomRows(2).bytes());
        }
    }

    @Test
    void aGraphThatDiffersIsRefused() {
        try (FusionModel model = new RandomStudents(RandomStudents.CLASSES)
                .student("concatenation", "raw|-|-")
                .model()) {
            BitSet image = new BitSet();
            image.set(0);
            CommitteeGraph graph = new CommitteeGraph(model.content(), image);
            Samples rows = new RandomRows(model.content(), 3).of(image, 2);
            List<Prediction> predicted = model.predict(rows);
            float[] outputs = new float[6];
            for (int i = 0; i < 6; i++) {
                outputs[i] = (float) predicted.get(i / 3).values()[i % 3];
            }
            GraphComparison comparison = new GraphComparison(graph);
            assertThat(comparison
                            .of(new FloatRows(outputs, 2), predicted, rows.ids())
                            .largest())
                    .isLessThan(1e-6);
            outputs[4] = 0.5f;
            assertThatThrownBy(() -> comparison.of(new FloatRows(outputs, 2), predicted, rows.ids()))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "The ONNX graph is not kept: row 'random1' has 0.5 in column 1 of 'probabilities' where the"
                                    + " model says " + predicted.get(1).values()[1]
                                    + ", further apart than 1.0E-5; please report this with the model");
            outputs[4] = Float.NaN;
            assertThatThrownBy(() -> comparison.of(new FloatRows(outputs, 2), predicted, rows.ids()))
                    .isInstanceOf(FusionException.class)
                    .hasMessageContaining("'random1' has NaN in column 1");
        }
    }

    @Test
    void refusalsNameWhatIsWrong() {
        try (FusionModel model = new RandomStudents(RandomStudents.CLASSES)
                .student("concatenation", "raw|raw|-")
                .model()) {
            assertThatThrownBy(() -> OnnxExport.of(model, List.of("smell")))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("The model has no modality 'smell'; it knows [image, text, sound]");
            assertThatThrownBy(() -> OnnxExport.of(model, List.of()))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("A graph needs one modality or more; name some of [image, text, sound]");
            assertThatThrownBy(() -> OnnxExport.of(model, List.of("image")).checkedOnRandomRows(1))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("No student of the model can predict from image alone; export a committee of more"
                            + " modalities");
            Samples rows = RandomStudents.rows(model.task()).samples();
            Samples image = new Samples(rows.ids(), rows.tables().subList(0, 1));
            assertThatThrownBy(() -> OnnxExport.of(model).checkedOn(image))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("None of the 90 rows to compare on has all of [image, text, sound]; give rows that do");
        }
    }

    @Test
    void anExtractorOfTheUsersIsRefusedByName() {
        try (FusionModel model = new RandomStudents(RandomStudents.CLASSES)
                .extractor(new Squares())
                .student("concatenation", "squares|-|-")
                .model()) {
            assertThatThrownBy(() -> OnnxExport.of(model).checkedOnRandomRows(1))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "Representation 'image.squares' comes from extractor 'squares', which has no ONNX form; let"
                                    + " what it fits give an affine() map or an encoder(), or export a model fitted without it");
        }
    }
}
