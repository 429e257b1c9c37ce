package org.metafusion.ensemble.study.catalog;

import java.util.List;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.alignment.AlignmentStudy;
import org.metafusion.ensemble.study.competition.CompetitionStudy;
import org.metafusion.ensemble.study.contradiction.ContradictionStudy;
import org.metafusion.ensemble.study.missing.MissingStudy;
import org.metafusion.ensemble.study.product.ProductFusionStudy;
import org.metafusion.ensemble.study.scaling.ScalingStudy;
import org.metafusion.ensemble.study.sensitivity.RhoStudy;
import org.metafusion.ensemble.study.sensitivity.SelectionStudy;
import org.metafusion.ensemble.study.settings.SettingStudy;
import org.metafusion.ensemble.study.timing.TimingStudy;
import org.metafusion.ensemble.study.variance.BiasVarianceStudy;

/** The studies there are. */
public final class Studies {

    private Studies() {}

    /** In the order of lists of them. */
    public static List<Study> all() {
        return List.of(
                new MissingStudy(),
                new ContradictionStudy(),
                new TimingStudy(),
                new ScalingStudy(),
                new CompetitionStudy(),
                new ProductFusionStudy(),
                new SettingStudy("1.1"),
                new SettingStudy("1.2"),
                new SettingStudy("1.3"),
                new SettingStudy("2.1"),
                new SettingStudy("2.2"),
                new SettingStudy("2.3"),
                new RhoStudy(),
                new SelectionStudy(),
                new BiasVarianceStudy(),
                new AlignmentStudy());
    }

    /** @throws FusionException if there is none of that name; the message lists them */
    public static Study named(String name) {
        return all().stream()
                .filter(study -> study.profile().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FusionException("There is no study '" + name + "'; choose one of "
                        + String.join(
                                ", ",
                                all().stream()
                                        .map(study -> study.profile().name())
                                        .toList())));
    }
}
