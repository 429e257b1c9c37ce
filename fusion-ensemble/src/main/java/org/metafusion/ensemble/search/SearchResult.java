package org.metafusion.ensemble.search;

import java.util.List;

/**
 * What a search found.
 *
 * @param trials those that were tried, the best first: those tried on more folds before others, then by excess
 * @param best the first of them that is {@linkplain TrialResult#isClearlyBetter() clearly better} than what was configured;
 *     where there is none, what was configured: of many trials some are ahead by luck
 * @param configured trial 0: what was configured before
 * @param influences what each key mattered
 * @param isComplete whether no time ran out
 */
public record SearchResult(
        List<TrialResult> trials,
        TrialResult best,
        TrialResult configured,
        List<Influence> influences,
        boolean isComplete) {

    public SearchResult {
        trials = List.copyOf(trials);
        influences = List.copyOf(influences);
    }

    /** By how much the best trial is better than what was configured, over the folds both were tried on. */
    public double gain(Criterion criterion, org.metafusion.core.modality.Task task) {
        int common = Math.min(best.scores().size(), configured.scores().size());
        double gain = 0;
        for (int fold = 0; fold < common; fold++) {
            gain += criterion.of(task, configured.scores().get(fold).metrics())
                    - criterion.of(task, best.scores().get(fold).metrics());
        }
        return gain / common;
    }
}
