package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;

/**
 * What belongs to one modality in the flat buffers of some students: its trained encoder and, where the student
 * concatenates, the block of the head's first layer that reads it. Any other fusion operator mixes the modalities before
 * that layer, so there the encoder is all; and without one, nothing.
 *
 * @param modality its index in the cohort
 * @param parts the encoders whole, and the blocks, of the students that have them
 * @param weights the weight matrices among them
 */
public record ModalityParts(int modality, List<ParameterLayout> parts, List<LayerWeights> weights) {

    /**
     * Weight matrices that stand at the same place of their students.
     *
     * @param number of the place, whoever else is in the stack
     */
    public record LayerWeights(int number, ParameterLayout ranges) {

        /** A seed of this place's own. */
        public long seed(long value) {
            return new DropoutSeed(value ^ NOISE, true).layer(number);
        }
    }

    /** Keeps noise from being drawn as the dropout masks are. */
    private static final long NOISE = 0x5851F42D4C957F2DL;

    /** A range of the buffers. */
    private record Range(int from, int to) {
        static Range of(Block block) {
            return new Range(block.offset(), block.offset() + block.size());
        }
    }

    /** One entry a modality of the cohort, in order. */
    public static List<ModalityParts> of(CohortLayout layout, Members students) {
        List<ModalityParts> all = new ArrayList<>();
        for (int m = 0; m < layout.cohort().modalities().size(); m++) {
            Finder finder = new Finder(layout, students, m);
            all.add(new ModalityParts(m, finder.parts(), finder.weights()));
        }
        return List.copyOf(all);
    }

    /** Whether a student has a part of this modality. */
    public boolean has(int student) {
        return parts.stream().anyMatch(part -> part.members().indexOf(student) >= 0);
    }

    /** Looks for the parts of one modality. */
    private record Finder(CohortLayout layout, Members students, int modality) {

        List<ParameterLayout> parts() {
            return Stream.of(layout(this::wholeEncoder), layout(this::firstBlock))
                    .flatMap(Optional::stream)
                    .toList();
        }

        List<LayerWeights> weights() {
            List<LayerWeights> found = new ArrayList<>();
            int layers = students.students().map(s -> encoder(s).size()).max().orElse(0);
            for (int l = 0; l < layers; l++) {
                int layer = l;
                layout(s -> layer < encoder(s).size()
                                ? Range.of(encoder(s).get(layer).weight())
                                : null)
                        .ifPresent(ranges -> found.add(new LayerWeights(
                                LayerPlace.inEncoder(modality, layer, layers).number(), ranges)));
            }
            layout(this::firstBlock)
                    .ifPresent(ranges -> found.add(
                            new LayerWeights(LayerPlace.afterEncoder(modality).number(), ranges)));
            return found;
        }

        private Optional<ParameterLayout> layout(Function<Integer, @Nullable Range> choice) {
            int[] owners =
                    students.students().filter(s -> choice.apply(s) != null).toArray();
            int[] bounds = new int[2 * owners.length];
            for (int i = 0; i < owners.length; i++) {
                Range range = Objects.requireNonNull(choice.apply(owners[i]));
                bounds[2 * i] = range.from();
                bounds[2 * i + 1] = range.to();
            }
            return owners.length == 0 ? Optional.empty() : Optional.of(new ParameterLayout(Members.of(owners), bounds));
        }

        private List<StudentParameters.Layer> encoder(int student) {
            List<StudentParameters.Layer> layers =
                    layout.copy(student).encoders().get(modality);
            return layers == null ? List.of() : layers;
        }

        private @Nullable Range wholeEncoder(int student) {
            List<StudentParameters.Layer> layers = encoder(student);
            return layers.isEmpty()
                    ? null
                    : new Range(
                            layers.get(0).weight().offset(),
                            Range.of(layers.get(layers.size() - 1).bias()).to());
        }

        private @Nullable Range firstBlock(int student) {
            StudentParameters parameters = layout.copy(student);
            StudentSpec spec = layout.spec(student);
            int place = Arrays.binarySearch(parameters.modalities(), modality);
            boolean apart =
                    parameters.modalities().length == 1 || spec.operator().equals(Concatenation.NAME);
            return place >= 0 && apart ? Range.of(parameters.terms().get(place)) : null;
        }
    }
}
