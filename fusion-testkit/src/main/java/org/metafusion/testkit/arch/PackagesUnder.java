package org.metafusion.testkit.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;

/** The packages under a root that hold classes; parents without classes of their own are left out. */
final class PackagesUnder extends AbstractClassesTransformer<JavaPackage> {
    private final String root;

    PackagesUnder(String root) {
        super("packages under " + root);
        this.root = root;
    }

    @Override
    public Iterable<JavaPackage> doTransform(JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getPackage)
                .filter(candidate -> (candidate.getName() + ".").startsWith(root + "."))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
