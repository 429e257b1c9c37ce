package org.metafusion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.arch.HexagonRules;

/** The hexagon holds; tested here because the composition root alone has every module on its class path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HexagonTest {
    private static final String ROOT = "org.metafusion";

    private JavaClasses classes;

    @BeforeAll
    void importEveryModule() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void theImportSeesTheCore() {
        assertThat(classes.containPackage(ROOT + ".core")).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(classes);
    }

    List<ArchRule> rules() {
        return HexagonRules.under(ROOT);
    }
}
