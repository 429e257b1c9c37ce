package org.metafusion.ensemble.study;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;

/**
 * What is known of a study before it is run.
 *
 * @param name what it is called on the command line, such as {@code missing}
 * @param description what it measures, one line
 * @param claims what it tests, in the order of its findings
 * @param seeds how many seeds it takes where the user says nothing else, by size; the sizes it can be run at are these
 * @param takesData whether it can be run on a data set of the user's; else it simulates its own
 */
public record StudyProfile(
        String name, String description, List<Claim> claims, Map<StudySize, Integer> seeds, boolean takesData) {

    public StudyProfile {
        claims = List.copyOf(claims);
        seeds = Collections.unmodifiableMap(new EnumMap<>(seeds));
    }

    /** Of a study with a small size and the paper's, which simulates its own data. */
    public static StudyProfile of(String name, String description, int small, int paper, Claim... claims) {
        return new StudyProfile(
                name, description, List.of(claims), Map.of(StudySize.SMALL, small, StudySize.PAPER, paper), false);
    }

    /** The same, which can be run on a data set of the user's. */
    public StudyProfile takingData() {
        return new StudyProfile(name, description, claims, seeds, true);
    }

    /** The same, with a medium size. */
    public StudyProfile withMedium(int count) {
        Map<StudySize, Integer> more = new EnumMap<>(seeds);
        more.put(StudySize.MEDIUM, count);
        return new StudyProfile(name, description, claims, more, takesData);
    }

    /**
     * How many seeds it takes at a size.
     *
     * @throws FusionException if it has no such size
     */
    public int seeds(StudySize size) {
        Integer count = seeds.get(size);
        if (count == null) {
            throw new FusionException("Study '" + name + "' has no size " + size + "; take one of "
                    + String.join(
                            ", ",
                            seeds.keySet().stream().map(StudySize::toString).toList()));
        }
        return count;
    }
}
