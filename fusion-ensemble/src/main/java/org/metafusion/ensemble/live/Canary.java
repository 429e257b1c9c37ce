package org.metafusion.ensemble.live;

import java.util.LinkedHashMap;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.training.representation.Standardiser;

/** What a model must pass before it replaces the one in service. */
@FunctionalInterface
public interface Canary {

    /**
     * Checks a candidate.
     *
     * @param live the model in service
     * @throws FusionException saying why the candidate must not replace it
     */
    void check(FusionModel live, FusionModel candidate);

    /** This check, then another. */
    default Canary and(Canary other) {
        return (live, candidate) -> {
            check(live, candidate);
            other.check(live, candidate);
        };
    }

    /**
     * That callers will not notice by their requests: the same task, the same modalities of the same features in the same
     * order, and answers to the training mean of each modality alone and of all together wherever the live model answers.
     * Features that were only numbered, such as those of arrays, are compared by their count.
     */
    static Canary interchangeable() {
        return (live, candidate) -> {
            if (!candidate.task().equals(live.task())) {
                throw new FusionException("The new model predicts " + words(candidate.task())
                        + ", unlike the one in service (" + words(live.task()) + ")");
            }
            requireSameInputs(live, candidate);
            Sample all = new Sample(Map.of());
            for (int m = 0; m < live.modalities().size(); m++) {
                Standardiser standardiser =
                        live.content().preparation().standardisers().get(m);
                String name = live.modalities().get(m).name();
                requireAnswer(live, candidate, Sample.of(name, standardiser.mean()));
                all = all.and(name, standardiser.mean());
            }
            requireAnswer(live, candidate, all);
        };
    }

    /**
     * That the candidate's accuracy, or R2, on labelled rows is not below the live model's by more than {@code tolerance}.
     */
    static Canary onRows(MultimodalDataset rows, double tolerance) {
        LeadMetric metric = LeadMetric.of(rows.task());
        return (live, candidate) -> {
            double now = metric.in(live.evaluate(rows));
            double then = metric.in(candidate.evaluate(rows));
            if (!(then >= now - tolerance)) {
                throw new FusionException(String.format(
                        java.util.Locale.ROOT,
                        "The new model has %s %.4f on '%s' but the one in service %.4f; at most %.4f less is allowed",
                        metric.label(),
                        then,
                        rows.name(),
                        now,
                        tolerance));
            }
        };
    }

    private static void requireAnswer(FusionModel live, FusionModel candidate, Sample sample) {
        try {
            live.predict(sample);
        } catch (FusionException unanswered) {
            return;
        }
        try {
            candidate.predict(sample);
        } catch (FusionException e) {
            throw new FusionException(
                    "The new model does not answer the training mean of "
                            + sample.features().keySet() + ": " + e.getMessage(),
                    e);
        }
    }

    private static void requireSameInputs(FusionModel live, FusionModel candidate) {
        if (!widths(candidate).equals(widths(live))) {
            throw new FusionException("The new model takes the modalities " + widths(candidate)
                    + ", unlike the one in service " + widths(live));
        }
        for (Modality served : live.modalities()) {
            for (Modality offered : candidate.modalities()) {
                if (offered.name().equals(served.name()) && isNamed(served) && isNamed(offered)) {
                    requireSameFeatures(served, offered);
                }
            }
        }
    }

    /** Whether its features have names of their own. */
    private static boolean isNamed(Modality modality) {
        return !modality.equals(Modality.of(modality.name(), modality.width()));
    }

    private static void requireSameFeatures(Modality served, Modality offered) {
        for (int j = 0; j < served.width(); j++) {
            String name = offered.features().get(j);
            if (!name.equals(served.features().get(j))) {
                throw new FusionException("The new model takes '" + name + "' as feature " + (j + 1) + " of modality '"
                        + served.name() + "', unlike the one in service ('"
                        + served.features().get(j) + "'); fit it on the same features in the same order");
            }
        }
    }

    private static Map<String, Integer> widths(FusionModel model) {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (Modality modality : model.modalities()) {
            widths.put(modality.name(), modality.width());
        }
        return widths;
    }

    private static String words(Task task) {
        return task instanceof Task.Classification classes
                ? "classes " + classes.classes()
                : "values " + ((Task.Regression) task).targets();
    }
}
