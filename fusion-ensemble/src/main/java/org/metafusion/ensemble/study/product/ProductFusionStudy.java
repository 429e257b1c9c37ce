package org.metafusion.ensemble.study.product;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.ProductFusion;
import org.metafusion.core.fusion.TensorFusion;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.robustness.GaussianNoise;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.StudentTraining;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.TrainedStudents;
import org.metafusion.training.phase.TrainingOptions;

/**
 * The experiment of Product Fusion: concatenation, product and tensor fusion of two embeddings with one hidden layer of 32,
 * trained side by side on more and more rows; after the most rows, tested under noise in x, in z and in both.
 */
public final class ProductFusionStudy implements Study {

    /** The operators that are compared, in the order of tables. */
    static final List<String> OPERATORS = List.of(Concatenation.NAME, ProductFusion.NAME, TensorFusion.NAME);

    private static final String SOURCE = "Encoding Domain Insights into Multi-modal Fusion";
    private static final HeadSpec HEAD = HeadSpec.of(32);
    private static final List<String> NOISED = List.of("x", "z", Scored.BOTH);
    private static final List<StudentSpec> STUDENTS = OPERATORS.stream()
            .map(operator ->
                    new StudentSpec(List.of(new Representation.Raw(), new Representation.Raw()), operator, HEAD))
            .toList();
    private static final Claim LEARNS = new Claim(
            SOURCE,
            "On the sign of x . z there are numbers of training rows with which product fusion reaches 95 % and"
                    + " concatenation is below 60 %.");
    private static final Claim FALLS = new Claim(SOURCE, "Noise in both embeddings costs product fusion most.");
    private static final Claim STEADY =
            new Claim(SOURCE, "Tensor fusion loses least to noise and is the least accurate without it.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "product-fusion",
                    "product, tensor and concatenation by the number of training rows, and under noise",
                    2,
                    20,
                    LEARNS,
                    FALLS,
                    STEADY)
            .withMedium(3);

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    /** AdamW at 1e-3 without weight decay or dropout, 100 epochs, best epoch by a fifth of the training rows. */
    @Override
    public FitOptions options(StudySize size) {
        FitOptions defaults = FitOptions.defaults();
        int batch = size == StudySize.SMALL ? 32 : 128;
        return defaults.withTraining(new TrainingOptions(100, batch, 1e-3f, 0f, 0f, 100, 1f, 1f, 0))
                .withValidation(defaults.validation().holdout());
    }

    /**
     * How large the experiment is.
     *
     * @param tensorRows the most training rows for tensor fusion, which costs width / 2 times what the others do
     */
    private record Scale(int width, List<Integer> trainRows, int tensorRows, int testRows) {

        static Scale of(StudySize size) {
            return switch (size) {
                case SMALL -> new Scale(24, List.of(128, 1280), 1280, 1000);
                case MEDIUM -> new Scale(768, List.of(128, 1024, 8192, 32768), 1024, 4000);
                case PAPER ->
                    new Scale(
                            768,
                            List.of(32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 327700),
                            327700,
                            4000);
            };
        }

        /** What is compared with so many training rows. */
        List<StudentSpec> students(int rows) {
            return rows <= tensorRows ? STUDENTS : STUDENTS.subList(0, OPERATORS.indexOf(TensorFusion.NAME));
        }

        int mostRows() {
            return trainRows.get(trainRows.size() - 1);
        }

        /** Whether noise is tried: after the most rows, and after the most for tensor fusion. */
        boolean isNoised(int rows) {
            return rows == mostRows() || rows == tensorRows;
        }
    }

    @Override
    public StudyReport run(StudyContext context) {
        Scale scale = Scale.of(context.size());
        List<Scored> scored = new ArrayList<>();
        try (TensorBackend backend = context.openBackend()) {
            for (StudyRun run : context.runs()) {
                StudentTraining training = new StudentTraining(backend, context.options(run), context.progress());
                for (Label label : Label.values()) {
                    scored.addAll(measure(training, scale, run.seed(), label));
                }
            }
        }
        ProductFusionFindings findings = new ProductFusionFindings(scored);
        StudyTable sizes = ProductFusionTables.sizes(scored);
        StudyTable noise = ProductFusionTables.noise(scored);
        List<String> notes = new ArrayList<>(List.of(
                "Embeddings are " + scale.width() + " wide; a fifth of the training rows selects the best epoch.",
                "The mixture stands in for the paper's real labels; noise is judged on it, since on the sign of x . z what"
                        + " has learned nothing has nothing to lose."));
        if (scale.students(scale.mostRows()).size() < STUDENTS.size()) {
            notes.add(
                    "Tensor fusion is trained with up to " + scale.tensorRows() + " rows, where it is compared with the"
                            + " others: a row costs it " + scale.width() / 2 + " times what it costs them.");
        }
        return new StudyReport(
                List.of(
                        sizes.overRuns("Test accuracy by the number of training rows"),
                        noise.overRuns("Test accuracy under noise, after the most training rows")),
                List.of(sizes, noise),
                List.of(findings.learns(LEARNS), findings.falls(FALLS), findings.steady(STEADY)),
                notes);
    }

    private static List<Scored> measure(StudentTraining training, Scale scale, long seed, Label label) {
        PairedEmbeddings pairs = new PairedEmbeddings(label, scale.width(), seed);
        MultimodalDataset test = pairs.test(scale.testRows());
        List<Scored> scored = new ArrayList<>();
        for (int rows : scale.trainRows()) {
            Scored.Case of = new Scored.Case(seed, label, rows);
            try (TrainedStudents trained =
                    training.alone(label + ", " + rows + " rows", scale.students(rows), pairs.train(rows))) {
                scored.addAll(scores(trained, of, Scored.NONE, 0, test));
                if (scale.isNoised(rows)) {
                    scored.addAll(noisy(trained, of, test));
                }
            }
        }
        return scored;
    }

    private static List<Scored> noisy(TrainedStudents trained, Scored.Case of, MultimodalDataset test) {
        GaussianNoise noise = new GaussianNoise(trained.preparation().standardisers());
        List<Scored> scored = new ArrayList<>();
        for (int target = 0; target < NOISED.size(); target++) {
            BitSet modalities = new BitSet();
            modalities.set(target == 2 ? 0 : target, target == 2 ? 2 : target + 1);
            for (double factor : noise.usualLevels()) {
                Samples spoiled = noise.disturbed(test, modalities, factor, of.seed());
                MultimodalDataset rows = new MultimodalDataset(test.name(), spoiled, test.targets());
                scored.addAll(scores(trained, of, NOISED.get(target), factor, rows));
            }
        }
        return scored;
    }

    private static List<Scored> scores(
            TrainedStudents trained, Scored.Case of, String noised, double factor, MultimodalDataset rows) {
        List<Map<String, Double>> metrics = trained.metrics(rows);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            double accuracy = Objects.requireNonNull(metrics.get(i).get("accuracy"));
            double auc = Objects.requireNonNull(metrics.get(i).get("auc"));
            scored.add(new Scored(of, OPERATORS.get(i), noised, factor, accuracy, auc));
        }
        return scored;
    }
}
