package org.metafusion.core.fusion;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.RowKernel;

/** A {@link ProjectedFusion} on single rows. The weights of a map of several sources are one matrix of their concatenation. */
final class ProjectedRow implements RowFusion {

    /** @param joined the first map of several sources with the same ones; -1 if it has a single source, or none */
    private record RowMap(InputMap map, float[] weights, float[] bias, int inputs, int joined) {

        boolean isMissing(float[][] inputs) {
            return map.sources().size() == 1 && inputs[map.sources().get(0)].length == 0;
        }
    }

    private static final float[] MISSING = {};

    private final List<RowMap> maps = new ArrayList<>();
    private final ProjectedFusion.RowBlend blend;

    ProjectedRow(List<InputMap> maps, List<Integer> widths, List<float[]> parameters, ProjectedFusion.RowBlend blend) {
        this.blend = blend;
        int block = 0;
        for (InputMap map : maps) {
            int inputs = map.sources().stream().mapToInt(widths::get).sum();
            float[] weights = new float[inputs * map.width()];
            int at = 0;
            for (int i = 0; i < map.sources().size(); i++) {
                float[] part = parameters.get(block++);
                System.arraycopy(part, 0, weights, at, part.length);
                at += part.length;
            }
            int joined = map.sources().size() > 1 ? firstOf(maps, map.sources()) : -1;
            this.maps.add(new RowMap(map, weights, parameters.get(block++), inputs, joined));
        }
    }

    /**
     * First the maps' values as the blend sees them: the arrays that come last, the caller's {@code terms} for a map that
     * starts the term, or {@link #MISSING}; then concatenations.
     */
    @Override
    public float[][] newScratch() {
        int count = maps.size();
        float[][] scratch = new float[3 * count][];
        for (int m = 0; m < count; m++) {
            InputMap map = maps.get(m).map();
            scratch[m] = MISSING;
            scratch[count + m] =
                    new float[maps.get(m).joined() == m ? maps.get(m).inputs() : 0];
            scratch[2 * count + m] = new float[map.startsTerm() ? 0 : map.width()];
        }
        return scratch;
    }

    private static int firstOf(List<InputMap> maps, List<Integer> sources) {
        int first = 0;
        while (!maps.get(first).sources().equals(sources)) {
            first++;
        }
        return first;
    }

    @Override
    public void fuse(RowKernel kernel, float[][] inputs, float[][] scratch, float[] terms) {
        for (int m = 0; m < maps.size(); m++) {
            RowMap row = maps.get(m);
            if (row.isMissing(inputs)) {
                scratch[m] = MISSING;
                continue;
            }
            scratch[m] = row.map().startsTerm() ? terms : scratch[2 * maps.size() + m];
            kernel.dense(scratch[m], input(m, inputs, scratch), row.weights(), row.bias());
        }
        blend.blend(scratch, terms);
    }

    /** What map {@code m} reads; a concatenation is made by the first map that needs it. */
    private float[] input(int m, float[][] inputs, float[][] scratch) {
        List<Integer> sources = maps.get(m).map().sources();
        int first = maps.get(m).joined();
        if (first < 0) {
            return inputs[sources.isEmpty() ? 0 : sources.get(0)];
        }
        float[] joined = scratch[maps.size() + first];
        if (first == m) {
            int at = 0;
            for (int i = 0; i < sources.size(); i++) {
                float[] source = inputs[sources.get(i)];
                System.arraycopy(source, 0, joined, at, source.length);
                at += source.length;
            }
        }
        return joined;
    }
}
