package org.metafusion.onnx.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.representation.Representation;
import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.Value;
import org.metafusion.training.network.TrainedCopy.Source;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.Standardiser;

/** What students share: the graph's inputs, standardised, and their frozen representations; each is there once. */
final class InputEmitter {

    private final GraphMath math;
    private final List<Modality> modalities;
    private final Preparation preparation;
    private final Map<Integer, Value> raw = new HashMap<>();
    private final Map<InputKey, Value> known = new HashMap<>();

    InputEmitter(GraphMath math, List<Modality> modalities, Preparation preparation) {
        this.math = math;
        this.modalities = modalities;
        this.preparation = preparation;
    }

    /** Makes a modality, in its own unit, an input of the graph. */
    void declare(int modality) {
        Modality own = modalities.get(modality);
        raw.put(modality, math.graph().input(own.name(), own.width()));
    }

    boolean isThere(int modality) {
        return raw.containsKey(modality);
    }

    /** What a student's source begins with: standardised features, or a frozen representation of them. */
    Value of(Source source) {
        Value ready = known.get(source.key());
        if (ready == null) {
            ready = source.representation() instanceof Representation.Extracted extracted
                    ? extracted(source.key(), extracted)
                    : standardised(source.key().modality());
            known.put(source.key(), ready);
        }
        return ready;
    }

    /** {@code (x - mean) scale}. */
    private Value standardised(int modality) {
        InputKey key = InputKey.raw(modality);
        Value ready = known.get(key);
        if (ready == null) {
            Standardiser standardiser = preparation.standardisers().get(modality);
            String name = modalities.get(modality).name();
            Value x = Objects.requireNonNull(raw.get(modality), name);
            Value centred = math.subtract(x, math.graph().weight(name + ".mean", standardiser.mean()));
            ready = math.multiply(centred, math.graph().weight(name + ".scale", standardiser.scale()));
            known.put(key, ready);
        }
        return ready;
    }

    private Value extracted(InputKey key, Representation.Extracted extracted) {
        String fold = key.fold() == 0 ? "" : ".fold" + key.fold();
        return new ExtractorEmitter(math)
                .representation(
                        modalities.get(key.modality()).name() + "." + key.label() + fold,
                        extracted.extractor(),
                        Objects.requireNonNull(preparation.extractors().get(key), key::toString),
                        standardised(key.modality()));
    }
}
