package org.metafusion.onnx.export;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.ModalityExtractor;
import org.metafusion.core.representation.StandardisedRows;

/** An extractor as a user might register it: neither affine nor a dense encoder. */
final class Squares implements ModalityExtractor {
    @Override
    public String name() {
        return "squares";
    }

    @Override
    public OptionalInt ownWidth() {
        return OptionalInt.of(6);
    }

    @Override
    public List<FittedExtractor> fit(StandardisedRows rows, int[] widths, long seed) {
        return List.of(restore(Map.of()));
    }

    @Override
    public FittedExtractor restore(Map<String, float[]> state) {
        return new FittedExtractor() {
            @Override
            public int width() {
                return 6;
            }

            @Override
            public float[] apply(float[] values, int rows) {
                float[] squares = new float[values.length];
                for (int i = 0; i < values.length; i++) {
                    squares[i] = values[i] * values[i];
                }
                return squares;
            }

            @Override
            public Map<String, float[]> state() {
                return Map.of();
            }
        };
    }
}
