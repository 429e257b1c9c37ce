package org.metafusion.ensemble.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.port.StoredModel;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;

/** Models in service: replaced, refused, taken back, while they are used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveModelTest {

    private static final Sample SAMPLE =
            Sample.of("image", new float[] {1, 2, 3, 4, 5, 6, 7, 8}).and("text", new float[] {6, 5, 4, 3, 2, 1});

    private final MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 60, false);
    private final MetaFusion fusion = TinyData.tiny().build();
    private List<StoredModel> stored = List.of();

    @BeforeAll
    void fit() {
        List<StoredModel> fitted = new ArrayList<>();
        for (long seed = 1; seed <= 2; seed++) {
            try (MetaFusion seeded = TinyData.tiny().seed(seed).build();
                    FusionModel model = seeded.fit(rows).model()) {
                fitted.add(model.toStored());
            }
        }
        try (FusionModel model =
                fusion.fit(TinyData.of(TinyData.VALUE, 60, false)).model()) {
            fitted.add(model.toStored());
        }
        stored = fitted;
    }

    @AfterAll
    void close() {
        fusion.close();
    }

    private FusionModel open(int which) {
        return fusion.load(stored.get(which));
    }

    @Test
    void anAnswerNamesTheGenerationThatGaveItThoughAnotherIsPutInServiceMeanwhile() {
        try (LiveModel live = new LiveModel(open(0));
                FusionModel first = open(0)) {
            LiveAnswer<double[]> said = live.answer(model -> {
                assertThat(live.replace(open(1))).isEqualTo(2);
                return model.predict(SAMPLE).values();
            });

            assertThat(said.generation()).isEqualTo(1);
            assertThat(said.answer()).isEqualTo(first.predict(SAMPLE).values());
            assertThat(live.generation()).isEqualTo(2);
            assertThat(live.rollback()).isEqualTo(1);
        }
    }

    @Test
    void whatIsPutInServiceAnswersAndCanBeTakenBackOnce() {
        try (LiveModel live = new LiveModel(open(0));
                FusionModel first = open(0);
                FusionModel second = open(1)) {
            assertThat(live.predict(SAMPLE).values())
                    .isEqualTo(first.predict(SAMPLE).values());
            live.replace(open(1));
            assertThat(live.generation()).isEqualTo(2);
            assertThat(live.predict(SAMPLE).values())
                    .isEqualTo(second.predict(SAMPLE).values());
            live.rollback();
            assertThat(live.generation()).isEqualTo(1);
            assertThat(live.predict(SAMPLE).values())
                    .isEqualTo(first.predict(SAMPLE).values());
            assertThatThrownBy(live::rollback)
                    .isInstanceOf(FusionException.class)
                    .hasMessage("There is no earlier model to go back to");
            live.replace(open(1));
            assertThat(live.generation()).isEqualTo(3);
        }
    }

    @Test
    void aCandidateThatIsRefusedIsClosedAndNothingChanges() {
        FusionModel candidate = open(2);
        try (LiveModel live = new LiveModel(open(0))) {
            assertThatThrownBy(() -> live.replace(candidate))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "The new model predicts values [value], unlike the one in service (classes [low, middle,"
                                    + " high])");
            assertThatThrownBy(() -> candidate.predict(SAMPLE)).isInstanceOf(IllegalStateException.class);
            assertThat(live.generation()).isEqualTo(1);
            assertThat(live.predict(SAMPLE).label()).isNotEmpty();
        }
    }

    /** A model of rows whose image features have these names. */
    private FusionModel fitted(String... features) {
        List<FeatureTable> tables = rows.samples().tables();
        FeatureTable image = FeatureTable.complete(
                new Modality("image", List.of(features)),
                rows.samples().rows(),
                tables.get(0).values());
        Samples named = new Samples(rows.samples().ids(), List.of(image, tables.get(1)));
        return fusion.fit(new MultimodalDataset("named", named, rows.targets())).model();
    }

    @Test
    void aCandidateWhoseFeaturesMeanSomethingElseIsRefused() {
        try (LiveModel live = new LiveModel(fitted("a", "b", "c", "d", "e", "f", "g", "h"))) {
            assertThatThrownBy(() -> live.replace(fitted("a", "b", "d", "c", "e", "f", "g", "h")))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "The new model takes 'd' as feature 3 of modality 'image', unlike the one in service ('c');"
                                    + " fit it on the same features in the same order");
            assertThat(live.replace(fitted("a", "b", "c", "d", "e", "f", "g", "h")))
                    .isEqualTo(2);
            assertThat(live.replace(open(0))).isEqualTo(3); // numbered features say nothing of their meaning
        }
    }

    @Test
    void aCandidateThatIsWorseOnRowsIsRefused() {
        MultimodalDataset turned = TinyData.of(TinyData.CLASSES, 60, false);
        FusionModel good = open(0);
        FusionModel other = open(1);
        double difference =
                LeadMetric.ACCURACY.in(good.evaluate(turned)) - LeadMetric.ACCURACY.in(other.evaluate(turned));
        try (LiveModel live =
                new LiveModel(good, Canary.interchangeable().and(Canary.onRows(turned, difference - 0.01)))) {
            assertThatThrownBy(() -> live.replace(other))
                    .isInstanceOf(FusionException.class)
                    .hasMessageContaining("less is allowed");
        }
        try (LiveModel live = new LiveModel(open(0), Canary.onRows(turned, difference + 0.01))) {
            live.replace(open(1));
            assertThat(live.generation()).isEqualTo(2);
        }
    }

    @Test
    void callsUnderWayEndOnTheModelTheyBeganWith() {
        FusionModel first = open(0);
        LiveModel live = new LiveModel(first);
        String said = live.ask(model -> {
            live.replace(open(1));
            live.replace(open(0)); // the first is now neither in service nor the one before
            return model.predict(SAMPLE).label();
        });
        assertThat(said).isNotEmpty();
        assertThatThrownBy(() -> first.predict(SAMPLE)).isInstanceOf(IllegalStateException.class);
        live.close();
        assertThatThrownBy(() -> live.predict(SAMPLE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The model is closed");
    }

    @Test
    void noCallFailsWhileModelsAreReplaced() throws ExecutionException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        AtomicBoolean done = new AtomicBoolean();
        try (LiveModel live = new LiveModel(open(0))) {
            List<Future<Integer>> callers = new ArrayList<>();
            for (int caller = 0; caller < 2; caller++) {
                callers.add(pool.submit(() -> {
                    int answered = 0;
                    while (!done.get()) {
                        assertThat(live.predict(SAMPLE).values()).hasSize(3);
                        answered++;
                    }
                    return answered;
                }));
            }
            for (int time = 0; time < 40; time++) {
                live.replace(open(time % 2));
                if (time % 5 == 4) {
                    live.rollback();
                }
            }
            done.set(true);
            for (Future<Integer> caller : callers) {
                assertThat(caller.get()).isPositive();
            }
        }
        pool.shutdown();
    }
}
