package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
 * @param weights the weight matrices among them, a layout a layer
 */
public record ModalityParts(int modality, List<ParameterLayout> parts, List<ParameterLayout> weights) {

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
            List<ParameterLayout> found = new ArrayList<>();
            add(found, this::wholeEncoder);
            add(found, this::firstBlock);
            return found;
        }

        List<ParameterLayout> weights() {
            List<ParameterLayout> found = new ArrayList<>();
            int layers = students.students().map(s -> encoder(s).size()).max().orElse(0);
            for (int l = 0; l < layers; l++) {
                int layer = l;
                add(
                        found,
                        s -> layer < encoder(s).size()
                                ? Range.of(encoder(s).get(layer).weight())
                                : null);
            }
            add(found, this::firstBlock);
            return found;
        }

        private void add(List<ParameterLayout> found, Function<Integer, @Nullable Range> choice) {
            int[] owners =
                    students.students().filter(s -> choice.apply(s) != null).toArray();
            if (owners.length == 0) {
                return;
            }
            int[] bounds = new int[2 * owners.length];
            for (int i = 0; i < owners.length; i++) {
                Range range = Objects.requireNonNull(choice.apply(owners[i]));
                bounds[2 * i] = range.from();
                bounds[2 * i + 1] = range.to();
            }
            found.add(new ParameterLayout(Members.of(owners), bounds));
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
