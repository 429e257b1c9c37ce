package org.metafusion.ensemble.study.alignment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.Representation.Extracted;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.CompleteRows;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Lead;
import org.metafusion.ensemble.study.StudentTraining;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyProfile;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudyRun;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.ensemble.study.TrainedStudents;
import org.metafusion.training.alignment.AlignmentOptions;
import org.metafusion.training.alignment.AlignmentTrainer;
import org.metafusion.training.alignment.ContrastiveExtractor;
import org.metafusion.training.alignment.Retrieval;
import org.metafusion.training.representation.CcaExtractor;
import org.metafusion.training.representation.PcaExtractor;

/**
 * Recall between the modalities before and after contrastive alignment, and beside canonical correlation analysis; and how
 * well one student does that joins representations of each kind by concatenation.
 */
public final class AlignmentStudy implements Study {

    private static final int NARROW = 8;
    private static final int WIDE = 32;
    private static final int JUDGED = 10;
    private static final Claim FINDS = new Claim(
            "arXiv 2506.20494, Eq. 2", "Contrastive alignment raises the recall@10 of one modality by another.");
    private static final Claim FUSES = new Claim(
            "arXiv 2506.20494, Eq. 2",
            "Fusing aligned representations is no worse than fusing principal components of the same width.");
    private static final StudyProfile PROFILE = StudyProfile.of(
                    "alignment",
                    "recall@k between modalities, and fusion, before and after contrastive alignment",
                    2,
                    5,
                    FINDS,
                    FUSES)
            .takingData();

    @Override
    public StudyProfile profile() {
        return PROFILE;
    }

    @Override
    public StudyReport run(StudyContext context) {
        List<Aligned> aligned = new ArrayList<>();
        LeadMetric metric = LeadMetric.ACCURACY;
        int width = context.isSmall() ? NARROW : WIDE;
        try (TensorBackend backend = context.openBackend()) {
            for (StudyRun run : context.runs()) {
                SplitDataset data =
                        CompleteRows.tested(context.data().givenOr(context.isSmall() ? "demo" : "2.1", run));
                metric = LeadMetric.of(data.test().task());
                StudentTraining training = new StudentTraining(backend, context.options(run), context.progress());
                aligned.addAll(measure(training, data, width, run.seed()));
            }
        }
        StudyTable rows = table(aligned, metric);
        return new StudyReport(
                List.of(rows.overRuns("Test rows found by another modality, and fusion of both")),
                List.of(rows),
                List.of(finds(aligned, width), fuses(aligned, width, metric)),
                List.of("Recall is the mean over the directions, by cosine; raw features of other widths have none."));
    }

    private static List<Aligned> measure(StudentTraining training, SplitDataset data, int width, long seed) {
        MultimodalDataset train = data.train();
        AlignmentTrainer trainer = new AlignmentTrainer(training.backend());
        List<Representation> kinds = List.of(
                new Representation.Raw(),
                new Extracted(PcaExtractor.NAME, width),
                new Extracted(CcaExtractor.NAME, width),
                new Extracted(ContrastiveExtractor.NAME, width));
        List<List<Retrieval>> retrievals = List.of(
                List.of(),
                trainer.unaligned(train, width).retrieval(data.test().samples()),
                trainer.canonical(train, width).retrieval(data.test().samples()),
                trainer.fit(train, AlignmentOptions.of(width, seed))
                        .retrieval(data.test().samples()));
        List<StudentSpec> students = kinds.stream()
                .map(kind -> new StudentSpec(
                        Collections.nCopies(train.modalities().size(), kind),
                        Concatenation.NAME,
                        training.options().cohort().heads().get(0)))
                .toList();
        List<Aligned> aligned = new ArrayList<>();
        try (TrainedStudents trained = training.alone("fusion of each kind", students, train)) {
            List<Map<String, Double>> metrics = trained.metrics(data.test());
            for (int i = 0; i < kinds.size(); i++) {
                double score = LeadMetric.of(train.task()).in(metrics.get(i));
                aligned.add(new Aligned(seed, kinds.get(i).label(), retrievals.get(i), score));
            }
        }
        return aligned;
    }

    private static Finding finds(List<Aligned> aligned, int width) {
        double[] before = aligned(aligned, PcaExtractor.NAME + width).stream()
                .mapToDouble(a -> a.recall(JUDGED))
                .toArray();
        double[] after = aligned(aligned, ContrastiveExtractor.NAME + width).stream()
                .mapToDouble(a -> a.recall(JUDGED))
                .toArray();
        List<Lead> leads = List.of(Lead.of("aligned over principal components", after, before));
        return Lead.ahead(FINDS, leads, "Recall@10 of " + width + " features: " + Lead.points(leads) + ".");
    }

    private static Finding fuses(List<Aligned> aligned, int width, LeadMetric metric) {
        double[] before = aligned(aligned, PcaExtractor.NAME + width).stream()
                .mapToDouble(Aligned::score)
                .toArray();
        double[] after = aligned(aligned, ContrastiveExtractor.NAME + width).stream()
                .mapToDouble(Aligned::score)
                .toArray();
        List<Lead> leads = List.of(Lead.of("aligned over principal components", after, before));
        String figures = metric == LeadMetric.ACCURACY ? Lead.points(leads) : Lead.figures(leads);
        return Lead.notBehind(FUSES, leads, "Test " + metric.label() + " of the student: " + figures + ".");
    }

    private static List<Aligned> aligned(List<Aligned> all, String representation) {
        return all.stream()
                .filter(a -> a.representation().equals(representation))
                .toList();
    }

    private static StudyTable table(List<Aligned> aligned, LeadMetric metric) {
        return new StudyTable(
                "alignment",
                "",
                List.of(
                        StudyColumn.run("seed", "seed"),
                        StudyColumn.compared("representation", "representation"),
                        StudyColumn.percent("recall1", "recall@1 %"),
                        StudyColumn.percent("recall5", "recall@5 %"),
                        StudyColumn.percent("recall10", "recall@10 %"),
                        StudyColumn.of(metric)),
                aligned.stream()
                        .map(a -> List.of(
                                StudyValue.of(a.seed()),
                                StudyValue.of(a.representation()),
                                StudyValue.of(a.recall(1)),
                                StudyValue.of(a.recall(5)),
                                StudyValue.of(a.recall(JUDGED)),
                                StudyValue.of(a.score())))
                        .toList());
    }
}
