package org.metafusion.core.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whose matrices a {@link Tensor} holds: one matrix a member student, or a single one that every student shares.
 *
 * <p>Kernels match operands by student, not by position: {@code y[s] += x[s] w[s]} for every member {@code s} of
 * {@code w}, where {@code x[s]} is the one shared matrix if {@code x} is shared. So a layer that only some students
 * have is a tensor with fewer members, and nothing is gathered or scattered.
 */
public final class Members {

    /** One matrix for all students. */
    public static final Members SHARED = new Members(new int[] {-1}, true);

    private final int[] students;
    private final int[] indexOf;
    private final boolean shared;

    private Members(int[] students, boolean shared) {
        this.students = students;
        this.shared = shared;
        this.indexOf = new int[shared ? 0 : students[students.length - 1] + 1];
        Arrays.fill(indexOf, -1);
        for (int i = 0; i < students.length && !shared; i++) {
            indexOf[students[i]] = i;
        }
    }

    /** Students {@code 0 .. count - 1}. */
    public static Members all(int count) {
        return of(IntStream.range(0, count).toArray());
    }

    /** The given students. @throws IllegalArgumentException unless strictly ascending, not negative, at least one */
    public static Members of(int... students) {
        if (students.length == 0) {
            throw new IllegalArgumentException("A tensor needs one member or more");
        }
        for (int i = 0; i < students.length; i++) {
            if (students[i] < 0 || (i > 0 && students[i] <= students[i - 1])) {
                throw new IllegalArgumentException(
                        "Members must be ascending and unique, from 0, but got " + Arrays.toString(students));
            }
        }
        return new Members(students.clone(), false);
    }

    public boolean isShared() {
        return shared;
    }

    /** The number of matrices: the members, or one if shared. */
    public int count() {
        return students.length;
    }

    /** The student that owns matrix {@code index}; only for a tensor that is not shared. */
    public int student(int index) {
        return students[index];
    }

    /** The member students, ascending; none if shared. */
    public IntStream students() {
        return shared ? IntStream.empty() : Arrays.stream(students);
    }

    /** The matrix student {@code student} uses: 0 if shared, -1 if the student is no member. */
    public int indexOf(int student) {
        if (shared) {
            return 0;
        }
        return student < indexOf.length ? indexOf[student] : -1;
    }

    /** Whether every member of {@code others} finds a matrix here. */
    public boolean covers(Members others) {
        if (shared) {
            return true;
        }
        return !others.shared && Arrays.stream(others.students).allMatch(student -> indexOf(student) >= 0);
    }

    /** The highest student number plus one; 0 if shared. */
    public int bound() {
        return indexOf.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Members that && shared == that.shared && Arrays.equals(students, that.students);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(students);
    }

    @Override
    public String toString() {
        return shared ? "shared" : Arrays.toString(students);
    }
}
