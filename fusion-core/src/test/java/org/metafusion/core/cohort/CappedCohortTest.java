package org.metafusion.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

/** What must hold for any cohort that the cap cuts: properties over drawn plans. */
final class CappedCohortTest {

    private static final Task TASK = new Task.Regression(List.of("y"));
    private static final Representation RAW = new Representation.Raw();
    private static final Representation NULL = new Representation.Null();

    /** A plan that the cap cuts. */
    record Cut(CohortPlan plan) {
        Cohort build() {
            return plan.build(
                    IntStream.range(0, plan.representations().size())
                            .mapToObj(m -> Modality.of("m" + m, 50))
                            .toList(),
                    TASK);
        }

        List<StudentSpec> fused() {
            return build().students().stream()
                    .filter(s -> s.modalities().length > 1)
                    .toList();
        }

        @Override
        public String toString() {
            return plan.representations().stream().map(List::size).toList() + " representations, " + plan.operators()
                    + ", " + plan.heads().size() + " heads, cap " + plan.maxStudents();
        }
    }

    static Stream<Cut> plans() {
        Random random = new Random(77);
        List<Cut> plans = new ArrayList<>();
        while (plans.size() < 60) {
            Cut drawn = new Cut(draw(random));
            if (drawn.plan().uncappedSize() > 2 * drawn.plan().maxStudents()) {
                plans.add(drawn);
            }
        }
        return plans.stream();
    }

    private static CohortPlan draw(Random random) {
        List<List<Representation>> representations = new ArrayList<>();
        int modalities = 2 + random.nextInt(4);
        for (int m = 0; m < modalities; m++) {
            List<Representation> present = new ArrayList<>(List.of(RAW));
            IntStream.rangeClosed(1, random.nextInt(5))
                    .forEach(i -> present.add(new Representation.Extracted("pca", 4 * i)));
            representations.add(present);
        }
        List<String> operators = IntStream.rangeClosed(1, 1 + random.nextInt(9))
                .mapToObj(i -> "operator" + i)
                .toList();
        List<HeadSpec> heads = IntStream.rangeClosed(1, 1 + random.nextInt(3))
                .mapToObj(i -> HeadSpec.of(8 * i))
                .toList();
        return new CohortPlan(representations, operators, heads, 8 + random.nextInt(60), student -> true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void theCapIsReachedAndTheSameEveryTime(Cut cut) {
        Cohort cohort = cut.build();
        assertThat(cohort.students())
                .hasSize(cut.plan().maxStudents())
                .doesNotHaveDuplicates()
                .isEqualTo(cut.build().students());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void eachModalityAloneAndEarlyFusionStay(Cut cut) {
        HeadSpec head = cut.plan().heads().get(0);
        int modalities = cut.plan().representations().size();
        List<StudentSpec> students = cut.build().students();
        for (int m = 0; m < modalities; m++) {
            List<Representation> alone = new ArrayList<>(Collections.nCopies(modalities, NULL));
            alone.set(m, RAW);
            assertThat(students.get(m)).isEqualTo(new StudentSpec(alone, "concatenation", head));
        }
        assertThat(students.get(modalities))
                .isEqualTo(new StudentSpec(
                        Collections.nCopies(modalities, RAW),
                        cut.plan().operators().get(0),
                        head));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void operatorsAndHeadsAreUsedAboutEqually(Cut cut) {
        assertEven(cut.fused(), cut.plan().operators(), StudentSpec::operator, 2);
        assertEven(
                cut.fused(),
                cut.plan().heads(),
                StudentSpec::head,
                1 + cut.plan().operators().size() / 2);
        List<List<Object>> manners = cut.plan().operators().stream()
                .flatMap(operator -> cut.plan().heads().stream().map(head -> List.<Object>of(operator, head)))
                .toList();
        assertEven(cut.fused(), manners, s -> List.of(s.operator(), s.head()), 2);
    }

    private static <K> void assertEven(
            List<StudentSpec> students, List<K> keys, Function<StudentSpec, K> key, int apart) {
        Map<K, Long> counts = students.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
        List<Long> all = keys.stream().map(k -> counts.getOrDefault(k, 0L)).toList();
        assertThat(Collections.max(all) - Collections.min(all)).as("%s", counts).isLessThanOrEqualTo(apart);
    }

    @Test
    void anOperatorThatFusesFewPairingsGetsThoseThatAreDrawn() {
        List<Representation> some = List.of(RAW, new Representation.Extracted("pca", 4));
        CohortPlan plan = new CohortPlan(
                List.of(some, some, some),
                List.of("concatenation", "product", "mean"),
                List.of(HeadSpec.LINEAR),
                24,
                s -> !s.operator().equals("product")
                        || s.representations().stream().noneMatch(r -> r.equals(RAW)));
        List<StudentSpec> fused = new Cut(plan).fused();
        assertThat(fused).filteredOn(s -> s.operator().equals("product")).hasSizeGreaterThanOrEqualTo(2);
        assertEven(fused, List.of("concatenation", "mean"), StudentSpec::operator, 1);
    }

    /** Defaults were measured with this choice. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void oneOperatorUnderOneHeadTakesEveryPairingOnce(Cut cut) {
        CohortPlan plan = new CohortPlan(
                cut.plan().representations(),
                List.of("concatenation"),
                List.of(HeadSpec.LINEAR),
                Math.min(cut.plan().maxStudents(), 30),
                student -> true);
        if (plan.uncappedSize() > plan.maxStudents()) {
            assertThat(new Cut(plan).build().students()).containsExactlyElementsOf(onceEach(plan));
        }
    }

    private static List<StudentSpec> onceEach(CohortPlan plan) {
        List<List<Representation>> present = plan.representations();
        Set<List<Representation>> pairings = new LinkedHashSet<>();
        for (int m = 0; m < present.size(); m++) {
            List<Representation> alone = new ArrayList<>(Collections.nCopies(present.size(), NULL));
            alone.set(m, present.get(m).get(0));
            pairings.add(alone);
        }
        for (int p = 0; p < present.stream().mapToInt(List::size).max().orElseThrow(); p++) {
            int place = p;
            pairings.add(present.stream()
                    .map(r -> r.get(Math.min(place, r.size() - 1)))
                    .toList());
        }
        SplittableRandom random = new SplittableRandom(0x5EED_C0407L);
        while (pairings.size() < plan.maxStudents()) {
            pairings.add(present.stream()
                    .map(r -> {
                        int choice = random.nextInt(r.size() + 1);
                        return choice < r.size() ? r.get(choice) : NULL;
                    })
                    .toList());
            pairings.remove(Collections.nCopies(present.size(), NULL));
        }
        return pairings.stream()
                .limit(plan.maxStudents())
                .map(pairing -> new StudentSpec(pairing, "concatenation", HeadSpec.LINEAR))
                .toList();
    }
}
