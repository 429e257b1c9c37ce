package org.metafusion.testkit.arch;

import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds where NullAway looks: it checks marked packages only, so an unmarked one would pass unchecked. */
final class BeNullMarked extends ArchCondition<JavaPackage> {
    BeNullMarked() {
        super("be annotated with @NullMarked");
    }

    @Override
    public void check(JavaPackage candidate, ConditionEvents events) {
        boolean marked = candidate.isAnnotatedWith(NullMarked.class);
        String found = marked ? "has" : "lacks";
        events.add(new SimpleConditionEvent(
                candidate,
                marked,
                "Package '%s' %s a package-info.java annotated with org.jspecify.annotations.NullMarked"
                        .formatted(candidate.getName(), found)));
    }
}
