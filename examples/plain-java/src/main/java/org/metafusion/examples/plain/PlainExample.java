package org.metafusion.examples.plain;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.port.ModelStore;
import org.metafusion.data.bundle.BundleModelStore;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.Explanation;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;

/** Fits a model, asks it with everything there and with a modality missing, saves it and loads it again. */
public final class PlainExample {

    private PlainExample() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Files.createTempFile("birds", ".fusion");
        run(file, System.out);
        Files.delete(file);
    }

    static void run(Path file, PrintStream out) {
        MultimodalDataset train = Birds.draw(600, 1);
        MultimodalDataset test = Birds.draw(300, 2);
        ModelStore store = new BundleModelStore();

        // Reads -Dfusion.backend=cuda, FUSION_BACKEND=cuda, or a file: that one line is all it takes to compute on a
        // GPU.
        FusionConfig config = FusionConfig.load();
        try (MetaFusion fusion = MetaFusion.configure().config(config).seed(7).build();
                FusionModel model = fusion.fit(train).model()) {
            out.printf(
                    Locale.ROOT,
                    "accuracy on new birds: %.3f%n",
                    model.evaluate(test).get("accuracy"));

            Sample both = Sample.of("image", first(test, 0, Birds.IMAGE)).and("song", first(test, 1, Birds.SONG));
            say(out, "image and song", model.predict(both));
            say(out, "song alone    ", model.predict(Sample.of("song", first(test, 1, Birds.SONG))));

            Explanation why = model.explain(both);
            why.contributions()
                    .forEach((modality, share) -> out.printf(Locale.ROOT, "  %s contributed %+.3f%n", modality, share));

            MetaFusion.save(model, store, file);
        }
        try (MetaFusion fusion = MetaFusion.configure().config(config).build();
                FusionModel loaded = fusion.load(store, file)) {
            out.printf(
                    Locale.ROOT,
                    "the same after loading: %.3f%n",
                    loaded.evaluate(test).get("accuracy"));
        }
    }

    private static void say(PrintStream out, String from, Prediction prediction) {
        out.printf(Locale.ROOT, "%s: %s (%.2f)%n", from, prediction.label(), prediction.value());
    }

    private static float[] first(MultimodalDataset rows, int modality, int width) {
        return Arrays.copyOf(rows.samples().tables().get(modality).values(), width);
    }
}
