package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.Optional;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FactorisedFusion;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;

/** Which students modulation can do something for. */
final class Modulatable {

    private Modulatable() {}

    /** What to tell the user where modulation is asked for but does not reach every student that joins modalities. */
    static Optional<String> remark(Cohort cohort, ModulationOptions modulation) {
        if (!modulation.isActive()) {
            return Optional.empty();
        }
        String name = "Modulation '" + modulation.kind().label() + "' ";
        List<StudentSpec> joining = cohort.students().stream()
                .filter(spec -> spec.modalities().length > 1)
                .toList();
        if (joining.isEmpty()) {
            return Optional.of(name + "changes nothing: no student joins modalities");
        }
        if (modulation.kind() == Modulation.BLENDING) {
            return joining.stream().anyMatch(StudentSpec::isTolerant)
                    ? Optional.empty()
                    : Optional.of(name + "changes nothing: it is for students of the operator " + FactorisedFusion.NAME
                            + "; add that to cohort.operators");
        }
        long untouched = joining.stream().filter(spec -> !isReached(spec)).count();
        return untouched == 0
                ? Optional.empty()
                : Optional.of(name + "does not reach " + untouched + " of the " + joining.size()
                        + " students that join modalities: their operator mixes them before anything of a single"
                        + " modality is trained");
    }

    /** Whether two modalities at least have parameters of their own. */
    private static boolean isReached(StudentSpec spec) {
        long encoded = spec.representations().stream()
                .filter(representation -> representation.encoder().isPresent())
                .count();
        return spec.operator().equals(Concatenation.NAME) || encoded > 1;
    }
}
