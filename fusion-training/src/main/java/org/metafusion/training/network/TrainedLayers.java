package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.core.representation.AffineMap;

/**
 * The layers of one trained student, to be frozen and used elsewhere.
 *
 * @param parameters the student's own part of the flat buffer
 */
public record TrainedLayers(CohortLayout layout, int student, float[] parameters) {

    /** Those of the encoder of a modality. */
    public List<AffineMap> encoder(int modality) {
        return maps(layout.copy(student * layout.folds()).encoder(modality));
    }

    /** Those of the head of a student of one modality, which reads what it sees of that. */
    public List<AffineMap> head() {
        StudentParameters places = layout.copy(student * layout.folds());
        List<AffineMap> maps = new ArrayList<>();
        maps.add(new AffineMap(values(places.terms().get(0)), values(places.firstBias())));
        maps.addAll(maps(places.layers()));
        return maps;
    }

    private List<AffineMap> maps(List<StudentParameters.Layer> layers) {
        return layers.stream()
                .map(layer -> new AffineMap(values(layer.weight()), values(layer.bias())))
                .toList();
    }

    private float[] values(Block block) {
        int from = block.offset() - layout.offset(student);
        return Arrays.copyOfRange(parameters, from, from + block.size());
    }
}
