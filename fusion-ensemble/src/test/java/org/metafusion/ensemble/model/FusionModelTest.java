package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.committee.Committee;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FusionModelTest {

    private final MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 120, true);
    private final MultimodalDataset valued = TinyData.of(TinyData.VALUE, 120, true);
    private final MetaFusion fusion = TinyData.tiny().build();
    private final FusionModel model = fusion.fit(rows).model();
    private final FusionModel regression = fusion.fit(valued).model();

    @AfterAll
    void close() {
        model.close();
        regression.close();
        fusion.close();
    }

    private static Sample image() {
        return Sample.of("image", new float[] {-2, -1, 0, 1, 2, 3, 4, 5});
    }

    private static float[] text() {
        return new float[] {-2, -1, 0, 1, 2, 3};
    }

    @Test
    void anySubsetOfModalitiesPredicts() {
        Prediction both = model.predict(image().and("text", text()));
        assertThat(both.modalities()).containsExactly("image", "text");
        assertThat(model.predict(image()).modalities()).containsExactly("image");
        assertThat(model.predict(Sample.of("text", text())).modalities()).containsExactly("text");
        assertThat(Arrays.stream(both.values()).sum()).isCloseTo(1, within(1e-12));
        assertThat(both.label()).isEqualTo("high");
        assertThat(both.classIndex()).isEqualTo(2);
        assertThat(both.value()).isEqualTo(both.values()[2]);
        assertThat(regression.predict(image()).value()).isGreaterThan(95);
        assertThatThrownBy(() -> regression.predict(image()).label()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void committeesOfASubsetNeedNoMore() {
        Committee committeeOfText = model.predict(Sample.of("text", text())).committee();
        for (int member : committeeOfText.members()) {
            assertThat(model.content().cohort().students().get(member).modalities())
                    .containsExactly(1);
        }
    }

    @Test
    void anUnknownModalityIsNamed() {
        assertThatThrownBy(() -> model.predict(image().and("sound", new float[3])))
                .isInstanceOf(FusionException.class)
                .hasMessage("The model has no modality 'sound'; it knows [image, text]");
        Samples sound =
                new Samples(List.of("a"), List.of(FeatureTable.complete(Modality.of("sound", 2), 1, new float[2])));
        assertThatThrownBy(() -> model.predict(sound))
                .isInstanceOf(FusionException.class)
                .hasMessage("The model has no modality 'sound'; it knows [image, text]");
    }

    @Test
    void aWrongWidthIsNamed() {
        assertThatThrownBy(() -> model.predict(Sample.of("image", new float[3])))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modality 'image' takes 8 features but got 3");
        Samples narrow =
                new Samples(List.of("a"), List.of(FeatureTable.complete(Modality.of("text", 2), 1, new float[2])));
        assertThatThrownBy(() -> model.predict(narrow))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modality 'text' takes 6 features but got 2");
    }

    @Test
    void noModalityAtAllIsAnError() {
        assertThatThrownBy(() -> model.predict(new Sample(Map.of())))
                .isInstanceOf(FusionException.class)
                .hasMessage("Row 'sample' has no modality; give it one of [image, text]");
        Samples blind = new Samples(
                List.of("seeing", "blind"),
                List.of(new FeatureTable(Modality.of("text", 6), 2, new float[12], Masks.of(1))));
        assertThatThrownBy(() -> model.predict(blind))
                .isInstanceOf(FusionException.class)
                .hasMessage("Row 'blind' has no modality; give it one of [image, text]");
    }

    @Test
    void aValueThatIsNotFiniteIsNamed() {
        float[] values = text();
        values[4] = Float.NaN;
        assertThatThrownBy(() -> model.predict(Sample.of("text", values)))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modality 'text', row 0, feature 'text_4' is NaN; give a finite number, or mark the whole"
                        + " row as missing");
        values[4] = Float.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> model.predict(Sample.of("text", values)))
                .isInstanceOf(FusionException.class)
                .hasMessage("Modality 'text', row 0, feature 'text_4' is -Infinity; give a finite number, or mark the"
                        + " whole row as missing");
    }

    @Test
    void featuresThatOverflowAreRefusedWithTheRowThatHasThem() {
        String why =
                " would be answered with NaN: its features are too far from those the model learned from; check them"
                        + " and their units";
        float[] extreme = text();
        extreme[2] = -Float.MAX_VALUE; // overflows at once, as this feature deviates by less than 1
        assertThatThrownBy(() -> model.predict(Sample.of("text", extreme)))
                .isInstanceOf(FusionException.class)
                .hasMessage("Row 'sample'" + why);
        float[] two = Arrays.copyOf(text(), 12);
        System.arraycopy(extreme, 0, two, 6, 6);
        Samples batch =
                new Samples(List.of("near", "far"), List.of(FeatureTable.complete(Modality.of("text", 6), 2, two)));
        assertThatThrownBy(() -> model.predict(batch))
                .isInstanceOf(FusionException.class)
                .hasMessage("Row 'far'" + why);
    }

    @Test
    void whatIsGivenIsNotChanged() {
        float[] values = text();
        model.predict(Sample.of("text", values));
        assertThat(values).containsExactly(text());
    }

    @Test
    void tablesMayComeInAnyOrderAndBeLeftOut() {
        List<FeatureTable> tables = rows.samples().tables();
        Samples turned = new Samples(rows.samples().ids(), List.of(tables.get(1), tables.get(0)));
        assertThat(TinyData.values(model.predict(turned)))
                .usingRecursiveComparison()
                .isEqualTo(TinyData.values(model.predict(rows.samples())));
        Samples imagesOnly = new Samples(rows.samples().ids(), List.of(tables.get(0))).select(new int[] {0, 1, 2});
        assertThat(model.predict(imagesOnly))
                .hasSize(3)
                .allMatch(p -> p.modalities().equals(List.of("image")));
    }

    @Test
    void noRowsGiveNoPredictions() {
        assertThat(model.predict(rows.samples().select(new int[0]))).isEmpty();
    }

    @Test
    void aRowIsPredictedTheSameAloneAndAmongOthers() {
        List<double[]> among = TinyData.values(model.predict(rows.samples()));
        for (int row = 0; row < 20; row++) {
            double[] alone =
                    model.predict(rows.samples().select(new int[] {row})).get(0).values();
            assertThat(alone).containsExactly(among.get(row), within(1e-6));
        }
    }

    @Test
    void fourThreadsGetTheBitsOfOne() throws InterruptedException, ExecutionException {
        List<double[]> wanted = TinyData.values(model.predict(rows.samples()));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> checks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int offset = thread * 11;
                checks.add(pool.submit(() -> predictsTheSame(wanted, offset)));
            }
            for (Future<Boolean> check : checks) {
                assertThat(check.get()).isTrue();
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Calls of two sizes, so that calls of different shapes meet. */
    private boolean predictsTheSame(List<double[]> wanted, int from) {
        int[] some = java.util.stream.IntStream.range(from, from + 33).toArray();
        List<double[]> wantedOfSome =
                TinyData.values(model.predict(rows.samples().select(some)));
        boolean same = true;
        for (int round = 0; round < 10; round++) {
            same &= equal(wanted, model.predict(rows.samples()));
            same &= equal(wantedOfSome, model.predict(rows.samples().select(some)));
        }
        return same;
    }

    private static boolean equal(List<double[]> wanted, List<Prediction> got) {
        for (int i = 0; i < got.size(); i++) {
            if (!Arrays.equals(wanted.get(i), got.get(i).values())) {
                return false;
            }
        }
        return true;
    }

    @Test
    void itLearned() {
        assertThat(model.evaluate(rows))
                .hasEntrySatisfying("accuracy", a -> assertThat(a).isGreaterThan(0.6));
        assertThat(regression.evaluate(valued))
                .hasEntrySatisfying("r2", r -> assertThat(r).isGreaterThan(0.3));
    }

    @Test
    void evaluatingAnotherTaskIsAnError() {
        assertThatThrownBy(() -> model.evaluate(valued))
                .isInstanceOf(FusionException.class)
                .hasMessage("The model was fitted for classification into low, middle, high but data set 'tiny' is for"
                        + " regression of value; give it the same targets");
    }

    @Test
    void aClosedModelSaysSo() {
        FusionModel closed = fusion.load(model.content());
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.predict(image()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The model is closed; load it again");
    }

    @Test
    void aModelOfTheFacadeClosesItsBackend() throws InterruptedException {
        try (MetaFusion threaded = TinyData.tiny().threads(3).build()) {
            Set<Thread> others = workers();
            FusionModel own = threaded.load(model.content());
            own.predict(rows.samples());
            Set<Thread> its = workers();
            its.removeAll(others);
            assertThat(its).isNotEmpty();
            own.close();
            for (Thread worker : its) {
                worker.join(10_000);
                assertThat(worker.isAlive()).isFalse();
            }
        }
    }

    private static Set<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fusion-cpu"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void itDescribesItself() {
        ModelDescription description = model.describe();
        assertThat(description.modalities())
                .containsExactly(
                        new ModelDescription.Input(Modality.of("image", 8)),
                        new ModelDescription.Input(Modality.of("text", 6)));
        assertThat(description.committees())
                .extracting(c -> String.join("+", c.modalities()))
                .containsExactlyInAnyOrder("image+text", "image", "text");
        assertThat(description.provenance())
                .containsEntry("dataset", "tiny")
                .containsEntry("trainRows", 120)
                .containsEntry("validationRows", 120)
                .containsEntry("folds", 5)
                .containsEntry("cohortSize", 8)
                .containsEntry("seed", 7L)
                .containsEntry("backend", "cpu")
                .containsKeys("rho", "device", "java", "metafusion", "options");
        assertThat(description.lines())
                .startsWith("Task        classification into low, middle, high", "Modalities  image (8), text (6)")
                .contains("Committees  3", "    fusion.training.epochs  4", "  dataset  tiny")
                .anyMatch(line -> line.matches("  image\\+text: validation loss 0\\.\\d{4}, .* of .*"));
    }

    @Test
    void testMetricsAreKept() {
        ModelContent tested = model.content().withTest("held out", 30, Map.of("accuracy", 0.5, "auc", Double.NaN));
        ModelContent restored =
                ModelArchive.standard().restore(ModelArchive.standard().store(tested));
        assertThat(restored.provenance())
                .containsEntry(
                        "test",
                        Map.of("dataset", "held out", "rows", 30, "metrics", Map.of("accuracy", 0.5, "auc", "NaN")));
    }
}
