package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionBinding;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.ParameterViews.Choice;
import org.metafusion.training.representation.InputKey;

/** Groups students and makes the stages of a {@link CohortNetwork}. */
final class NetworkBuilder {

    /** A matrix a student and, in training, its gradient. */
    private record Signal(Tensor value, @Nullable Tensor gradient) {}

    /** What students read of a modality, and from where. */
    private record Source(Representation representation, InputKey key) {}

    /** What students fuse, and from where. */
    private record Pairing(StudentSpec spec, List<InputKey> keys) {}

    private final TensorBackend backend;
    private final TensorArena arena;
    private final ParameterViews views;
    private final SortedMap<InputKey, Tensor> inputs;
    private final int rows;
    private final float dropout;
    private final List<Stage> stages = new ArrayList<>();
    private @Nullable List<InputGradient> inputGradients;
    private Map<List<Integer>, Tensor> presences = new LinkedHashMap<>();

    NetworkBuilder(
            TensorBackend backend,
            TensorArena arena,
            ParameterViews views,
            SortedMap<InputKey, Tensor> inputs,
            int rows,
            float dropout) {
        this.backend = backend;
        this.arena = arena;
        this.views = views;
        this.inputs = inputs;
        this.rows = rows;
        this.dropout = dropout;
    }

    /**
     * The gradient of what some students read of an input.
     *
     * @param gradient {@code [users, rows, width]}, overwritten by the backward pass
     */
    record InputGradient(InputKey key, Tensor gradient) {}

    /** Also computes the gradients of the inputs, which are added to the list as they are built. */
    NetworkBuilder withInputGradients(List<InputGradient> gradients) {
        inputGradients = gradients;
        return this;
    }

    /**
     * Puts the presence matrix of each set of modalities that tolerant students read into the map. They start with
     * everything there.
     */
    NetworkBuilder withPresences(Map<List<Integer>, Tensor> made) {
        presences = made;
        return this;
    }

    private Optional<Tensor> presence(StudentSpec spec) {
        List<Integer> modalities = IntStream.of(spec.modalities()).boxed().toList();
        return spec.isTolerant()
                ? Optional.of(presences.computeIfAbsent(modalities, this::newPresence))
                : Optional.empty();
    }

    private Tensor newPresence(List<Integer> modalities) {
        Tensor presence = arena.zeros(Members.SHARED, rows, modalities.size());
        backend.fill(presence, 1f / modalities.size());
        return presence;
    }

    /** The stages that compute {@code outputs} of {@code members}, and back from their gradient. */
    List<Stage> build(Members members, Tensor outputs, @Nullable Tensor dOutputs) {
        Signal out = new Signal(outputs, dOutputs);
        group(members.students(), student -> spec(student).head())
                .forEach((head, students) -> addHead(head, students, out));
        return List.copyOf(stages);
    }

    private StudentSpec spec(int student) {
        return views.layout().spec(student);
    }

    private static <K> Map<K, Members> group(IntStream students, IntFunction<K> key) {
        Map<K, List<Integer>> groups = new LinkedHashMap<>();
        students.forEach(s ->
                groups.computeIfAbsent(key.apply(s), k -> new ArrayList<>()).add(s));
        Map<K, Members> members = new LinkedHashMap<>();
        groups.forEach((k, list) -> members.put(
                k, Members.of(list.stream().mapToInt(Integer::intValue).toArray())));
        return members;
    }

    private Signal signal(Members owners, int cols) {
        boolean trains = views.gradients() != null;
        return new Signal(arena.zeros(owners, rows, cols), trains ? arena.zeros(owners, rows, cols) : null);
    }

    /** All students with one head: their terms, then the head's layers. */
    private void addHead(HeadSpec head, Members students, Signal outputs) {
        List<Signal> layers = new ArrayList<>();
        head.hidden().forEach(width -> layers.add(signal(students, width)));
        layers.add(outputs);
        List<LayerTerm> terms = firstTerms(students);
        addDense(layers.get(0), students, StudentParameters::firstBias, terms, LayerPlace.inHead(0, layers.size()));
        for (int l = 1; l < layers.size(); l++) {
            int after = l - 1;
            LayerTerm term =
                    term(layers.get(after), students, p -> p.layers().get(after).weight());
            addDense(
                    layers.get(l),
                    students,
                    p -> p.layers().get(after).bias(),
                    List.of(term),
                    LayerPlace.inHead(l, layers.size()));
        }
    }

    private LayerTerm term(Signal input, Members students, Choice weight) {
        return new LayerTerm.Multiplied(
                backend.dense(),
                input.value(),
                input.gradient(),
                views.of(students, weight),
                views.gradientOf(students, weight));
    }

    private void addDense(Signal output, Members students, Choice bias, List<LayerTerm> terms, LayerPlace place) {
        stages.add(new DenseStage(
                backend.dense(),
                output.value(),
                output.gradient(),
                views.of(students, bias),
                views.gradientOf(students, bias),
                terms,
                place.isHidden() ? Activation.RELU : Activation.IDENTITY,
                place.isHidden() ? dropout : 0f,
                place.number()));
    }

    /** The first-layer products of students with one head, grouped by what they read. */
    private List<LayerTerm> firstTerms(Members students) {
        List<LayerTerm> terms = new ArrayList<>();
        for (int m = 0; m < views.layout().cohort().modalities().size(); m++) {
            int modality = m;
            group(
                            students.students().filter(s -> !isFused(s) && uses(s, modality)),
                            s -> new Source(spec(s).representations().get(modality), input(s, modality)))
                    .forEach((source, users) -> terms.add(plainTerm(modality, source.representation(), users)));
        }
        group(students.students().filter(this::isFused), this::pairing)
                .forEach((pairing, users) -> terms.add(fusedTerm(pairing.spec(), users)));
        return terms;
    }

    private InputKey input(int student, int modality) {
        return views.layout().input(student, modality);
    }

    private Pairing pairing(int student) {
        StudentSpec spec = spec(student).withHead(HeadSpec.LINEAR);
        return new Pairing(
                spec,
                IntStream.of(spec.modalities()).mapToObj(m -> input(student, m)).toList());
    }

    private boolean uses(int student, int modality) {
        return spec(student).representations().get(modality).isPresent();
    }

    private boolean isFused(int student) {
        StudentSpec spec = spec(student);
        return spec.modalities().length > 1 && !spec.operator().equals(Concatenation.NAME);
    }

    private LayerTerm plainTerm(int modality, Representation representation, Members users) {
        return term(
                source(modality, representation, users),
                users,
                p -> p.terms().get(Arrays.binarySearch(p.modalities(), modality)));
    }

    /** A representation as a signal; without gradient if nothing is trained there. An encoder adds its stages. */
    private Signal source(int modality, Representation representation, Members users) {
        Signal signal = input(input(users.student(0), modality), users);
        Optional<EncoderForm> encoder = representation.encoder();
        if (encoder.isEmpty()) {
            return signal;
        }
        List<Integer> widths = encoder.get().widths();
        for (int l = 0; l < widths.size(); l++) {
            int layer = l;
            LayerTerm term =
                    term(signal, users, p -> p.encoder(modality).get(layer).weight());
            signal = signal(users, widths.get(l));
            addDense(
                    signal,
                    users,
                    p -> p.encoder(modality).get(layer).bias(),
                    List.of(term),
                    LayerPlace.inEncoder(modality, l, widths.size()));
        }
        return encoder.get().unitLength() ? unitRows(signal, users) : signal;
    }

    private Signal unitRows(Signal signal, Members users) {
        Signal scaled = signal(users, signal.value().cols());
        UnitRows.Matrices of =
                new UnitRows.Matrices(signal.value(), signal.gradient(), scaled.value(), scaled.gradient());
        stages.add(UnitRows.of(backend, arena, users, of));
        return scaled;
    }

    /** An input; without gradient unless that was asked for. */
    private Signal input(InputKey key, Members users) {
        Tensor input = Objects.requireNonNull(inputs.get(key));
        if (inputGradients == null) {
            return new Signal(input, null);
        }
        Tensor gradient = arena.zeros(users, rows, input.cols());
        inputGradients.add(new InputGradient(key, gradient));
        return new Signal(input, gradient);
    }

    /** Students that fuse the same representations by the same operator. */
    private LayerTerm fusedTerm(StudentSpec pairing, Members users) {
        List<Signal> sources = new ArrayList<>();
        for (int m : pairing.modalities()) {
            sources.add(source(m, pairing.representations().get(m), users));
        }
        Set<Integer> trained = IntStream.range(0, sources.size())
                .filter(i -> sources.get(i).gradient() != null)
                .boxed()
                .collect(Collectors.toSet());
        FusionBinding binding = new FusionBinding(
                backend,
                arena,
                users,
                sources.stream().map(Signal::value).toList(),
                trained,
                new FusionBinding.Parameters(
                        views.all(users, StudentParameters::operator),
                        views.gradientsOfAll(users, StudentParameters::operator)),
                presence(pairing));
        return new LayerTerm.Fused(
                views.layout().operators().named(pairing.operator()).bind(binding),
                views.all(users, StudentParameters::terms),
                views.gradientsOfAll(users, StudentParameters::terms),
                trained.isEmpty() ? List.of() : scratchGradients(sources, users));
    }

    /** The sources' gradients; frozen ones get a matrix nobody reads, since the kernels write both sides. */
    private List<Tensor> scratchGradients(List<Signal> sources, Members users) {
        List<Tensor> gradients = new ArrayList<>();
        for (Signal source : sources) {
            gradients.add(
                    source.gradient() != null
                            ? source.gradient()
                            : arena.zeros(users, rows, source.value().cols()));
        }
        return gradients;
    }
}
