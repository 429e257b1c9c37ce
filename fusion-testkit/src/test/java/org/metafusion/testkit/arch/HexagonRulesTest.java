package org.metafusion.testkit.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is tried on a planted violation, since a rule that cannot fail holds nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HexagonRulesTest {
    private static final String PLANTED = "org.metafusion.testkit.arch.planted";

    private JavaClasses classes;

    @BeforeAll
    void importPlanted() {
        classes = new ClassFileImporter().importPackages(PLANTED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "core knows only, CoreKnowsJackson",
        "cpu knows only, CpuKnowsData",
        "cuda knows only, CudaKnowsJackson",
        "data knows only, DataKnowsAssertj",
        "training knows only, TrainingKnowsCpu",
        "ensemble knows only, EnsembleKnowsCli",
        "report knows only, ReportKnowsData",
        "sql knows only, SqlKnowsData",
        "testkit knows no module but core, TestkitKnowsTraining",
        "nobody knows the composition root, EnsembleKnowsCli",
        "adapters do not know one another, CpuKnowsData",
        "packages are free of cycles, Slice cycle.head",
        "every package has a package-info.java, planted.cli'",
    })
    void aPlantedViolationIsFound(String rule, String planted) {
        List<ArchRule> named = HexagonRules.under(PLANTED).stream()
                .filter(candidate -> candidate.getDescription().startsWith(rule))
                .toList();

        assertThat(named).hasSize(1);
        assertThat(named.get(0).evaluate(classes).getFailureReport().getDetails())
                .anySatisfy(detail -> assertThat(detail).contains(planted));
    }

    @Test
    void onlyTheUnmarkedPackageIsReported() {
        List<ArchRule> rules = HexagonRules.under(PLANTED);

        assertThat(rules.get(rules.size() - 1)
                        .evaluate(classes)
                        .getFailureReport()
                        .getDetails())
                .containsExactly("Package '" + PLANTED
                        + ".cli' lacks a package-info.java annotated with org.jspecify.annotations.NullMarked");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void modulesStillEmptyPass(ArchRule rule) {
        JavaClasses none = new ClassFileImporter().importPackages(PLANTED + ".none");

        assertThatCode(() -> rule.check(none)).doesNotThrowAnyException();
    }

    Stream<ArchRule> rules() {
        return HexagonRules.under(PLANTED).stream();
    }
}
