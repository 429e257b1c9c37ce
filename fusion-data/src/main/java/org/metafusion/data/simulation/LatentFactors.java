package org.metafusion.data.simulation;

/**
 * What the rows of a simulation truly are, standard normal and independent.
 *
 * @param x private to modality x, {@code [n][latents]}
 * @param z private to modality z
 * @param shared by both
 */
record LatentFactors(double[][] x, double[][] z, double[][] shared) {

    static LatentFactors draw(int rows, int x, int z, int shared, NumberStream numbers) {
        return new LatentFactors(numbers.normals(rows, x), numbers.normals(rows, z), numbers.normals(rows, shared));
    }

    int rows() {
        return x.length;
    }
}
