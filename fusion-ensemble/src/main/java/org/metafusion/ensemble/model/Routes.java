package org.metafusion.ensemble.model;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.ensemble.committee.Committee;

/** Which committee answers when certain modalities are there; looked up once for each set of them. */
final class Routes {

    /**
     * Who answers.
     *
     * @param present the names of the modalities that are there, in the model's order
     */
    record Route(Committee committee, List<String> present) {}

    private final CommitteeBook committees;
    private final List<String> names;
    private final Map<BitSet, Route> known = new ConcurrentHashMap<>();

    Routes(ModelContent content) {
        this.committees = content.committees();
        this.names = content.cohort().modalities().stream().map(Modality::name).toList();
    }

    /** The model's modalities by name, in its order. */
    List<String> names() {
        return names;
    }

    /** What to say to a modality that is not one of {@link #names}. */
    FusionException unknown(String name) {
        return new FusionException("The model has no modality '" + name + "'; it knows " + names);
    }

    /**
     * The route of a set of modalities, which may be changed afterwards.
     *
     * @param id of a row that has them, for the message
     * @throws FusionException if the set is empty, or no student can predict from it
     */
    Route of(BitSet mask, String id) {
        Route route = known.get(mask);
        if (route == null) {
            route = find((BitSet) mask.clone(), id);
        }
        return route;
    }

    private Route find(BitSet mask, String id) {
        if (mask.isEmpty()) {
            throw new FusionException("Row '" + id + "' has no modality; give it one of " + names);
        }
        Committee committee = committees
                .forAvailable(mask)
                .orElseThrow(() -> new FusionException("No student of the model can predict from "
                        + Masks.words(mask, names) + " alone; the model has committees for "
                        + committees.all().keySet().stream()
                                .map(other -> Masks.words(other, names))
                                .toList()));
        Route route = new Route(committee, mask.stream().mapToObj(names::get).toList());
        known.put(mask, route);
        return route;
    }
}
