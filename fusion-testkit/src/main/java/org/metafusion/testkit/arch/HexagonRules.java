package org.metafusion.testkit.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hexagon as rules: the core knows nobody, adapters know the core and their own library, nobody knows the
 * composition root. A module that is still empty passes, so a rule can stand before the module it is about.
 *
 * <p>Modules are told apart by package: module {@code fusion-x} lives under {@code <root>.x}.
 */
public final class HexagonRules {
    private static final List<String> LAPACK = List.of("dev.ludovic.netlib..", "org.netlib.util..");
    private static final List<String> CPU = List.of("org.ejml..", "jdk.incubator.vector..");
    private static final List<String> CUDA = List.of("jcuda..", "org.bytedeco..");
    private static final List<String> DATA = List.of("de.siegmar.fastcsv..", "com.fasterxml.jackson..");
    private static final List<String> REPORT = List.of("com.fasterxml.jackson..");
    private static final List<String> ENSEMBLE =
            List.of("com.google.inject..", "jakarta.inject..", "com.typesafe.config..", "io.micrometer..");

    private static final List<String> SQL = List.of("org.duckdb..", "com.typesafe.config..");

    private static final List<String> SERVE =
            List.of("org.eclipse.jetty..", "com.fasterxml.jackson..", "io.micrometer..");

    private static final List<String> ONNX = List.of("ai.onnx.proto..", "ai.onnxruntime..", "com.google.protobuf..");

    private final String root;

    private HexagonRules(String root) {
        this.root = root;
    }

    /** Every rule for the modules under a root package, such as {@code org.metafusion}; each is named by its description. */
    public static List<ArchRule> under(String root) {
        return new HexagonRules(root)
                .rules().stream().map(rule -> rule.allowEmptyShould(true)).toList();
    }

    private List<ArchRule> rules() {
        return List.of(
                knowsOnly("core", List.of(), List.of()),
                knowsOnly("cpu", List.of("core"), CPU),
                knowsOnly("cuda", List.of("core"), CUDA),
                knowsOnly("data", List.of("core"), DATA),
                knowsOnly("sql", List.of("core"), SQL),
                knowsOnly("training", List.of("core"), LAPACK),
                knowsOnly("ensemble", List.of("core", "training"), ENSEMBLE),
                knowsOnly("serve", List.of("core", "training", "ensemble"), SERVE),
                knowsOnly("report", List.of("core", "training", "ensemble"), REPORT),
                knowsOnly("onnx", List.of("core", "training", "ensemble"), ONNX),
                testkitKnowsNoModuleButCore(),
                nobodyKnowsTheCompositionRoot(),
                adaptersDoNotKnowOneAnother(),
                packagesAreFreeOfCycles(),
                packagesAreNullMarked());
    }

    private ArchRule knowsOnly(String module, List<String> modules, List<String> libraries) {
        String[] known = Stream.of(Stream.of("java..", "org.jspecify.."), own(module, modules), libraries.stream())
                .flatMap(packages -> packages)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(inside(module))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known)
                .as(module + " knows only " + String.join(", ", known));
    }

    private ArchRule testkitKnowsNoModuleButCore() {
        return noClasses()
                .that()
                .resideInAPackage(inside("testkit"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        allInside("cpu", "cuda", "data", "sql", "training", "ensemble", "report", "cli", "bench"))
                .as("testkit knows no module but core");
    }

    private ArchRule nobodyKnowsTheCompositionRoot() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(allInside("cli", "bench", "testkit"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(allInside("cli", "bench", "testkit"))
                .as("nobody knows the composition root, the benchmarks or the testkit");
    }

    private ArchRule adaptersDoNotKnowOneAnother() {
        return slices().matching(root + ".(cpu|cuda|data|sql)..")
                .should()
                .notDependOnEachOther()
                .as("adapters do not know one another");
    }

    private ArchRule packagesAreFreeOfCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().as("packages are free of cycles");
    }

    private ArchRule packagesAreNullMarked() {
        return all(new PackagesUnder(root))
                .should(new BeNullMarked())
                .as("every package has a package-info.java with @NullMarked");
    }

    private Stream<String> own(String module, List<String> modules) {
        return Stream.concat(Stream.of(module), modules.stream()).map(this::inside);
    }

    private String[] allInside(String... modules) {
        return Stream.of(modules).map(this::inside).toArray(String[]::new);
    }

    private String inside(String module) {
        return root + "." + module + "..";
    }
}
