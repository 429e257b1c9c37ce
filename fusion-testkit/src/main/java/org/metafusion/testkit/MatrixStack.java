package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/** The host's double-precision counterpart of a {@link Tensor}: one matrix a member, or one that all share. */
public final class MatrixStack {

    private final Members members;
    private final List<Matrix> matrices;

    private MatrixStack(Members members, List<Matrix> matrices) {
        this.members = members;
        this.matrices = matrices;
    }

    /** One matrix a member, made from the student's number; a shared one from -1. */
    public static MatrixStack of(Members members, IntFunction<Matrix> matrixOfStudent) {
        List<Matrix> matrices = new ArrayList<>();
        for (int i = 0; i < members.count(); i++) {
            matrices.add(matrixOfStudent.apply(members.student(i)));
        }
        return new MatrixStack(members, matrices);
    }

    /** Matrices in the members' order. */
    public static MatrixStack of(Members members, List<Matrix> matrices) {
        if (matrices.size() != members.count()) {
            throw new IllegalArgumentException(
                    "Members " + members + " take " + members.count() + " matrices but got " + matrices.size());
        }
        return new MatrixStack(members, List.copyOf(matrices));
    }

    /** One matrix for all students. */
    public static MatrixStack shared(Matrix matrix) {
        return of(Members.SHARED, List.of(matrix));
    }

    /** The given values, matrix after matrix, each row-major. */
    public static MatrixStack of(Members members, int rows, int cols, double... values) {
        if (values.length != members.count() * rows * cols) {
            throw new IllegalArgumentException("A stack of members " + members + " [" + rows + ", " + cols + "] takes "
                    + members.count() * rows * cols + " values but got " + values.length);
        }
        int size = rows * cols;
        return of(members, student -> {
            int from = members.indexOf(student) * size;
            return Matrix.of(rows, cols, Arrays.copyOfRange(values, from, from + size));
        });
    }

    /** Matrices as {@link Matrix#random} makes them. */
    public static MatrixStack random(Members members, int rows, int cols, RandomGenerator random) {
        return of(members, student -> Matrix.random(rows, cols, random));
    }

    public static MatrixStack filled(Members members, int rows, int cols, double value) {
        return of(members, student -> Matrix.filled(rows, cols, value));
    }

    /** What a tensor holds now. */
    public static MatrixStack download(TensorBackend backend, Tensor tensor) {
        float[] floats = backend.download(tensor);
        double[] values = new double[floats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[i];
        }
        return of(tensor.members(), tensor.rows(), tensor.cols(), values);
    }

    /** A tensor that holds this. */
    public Tensor upload(TensorBackend backend, TensorArena arena) {
        return arena.upload(backend, members, rows(), cols(), floats());
    }

    public Members members() {
        return members;
    }

    public int rows() {
        return matrices.get(0).rows();
    }

    public int cols() {
        return matrices.get(0).cols();
    }

    /** The matrix a student uses: its own, or the shared one. */
    public Matrix matrix(int student) {
        return matrices.get(members.indexOf(student));
    }

    /** The matrices in the members' order. */
    public List<Matrix> matrices() {
        return List.copyOf(matrices);
    }

    /** This with other matrices for the students {@code written}. */
    public MatrixStack with(Members written, IntFunction<Matrix> matrixOfStudent) {
        return of(members, student -> written.indexOf(student) >= 0 ? matrixOfStudent.apply(student) : matrix(student));
    }

    /** All values, matrix after matrix, each row-major. */
    public double[] values() {
        return matrices.stream()
                .flatMapToDouble(matrix -> Arrays.stream(matrix.values()))
                .toArray();
    }

    /** {@link #values} as float32. */
    public float[] floats() {
        double[] values = values();
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
