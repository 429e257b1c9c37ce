package org.metafusion.cpu;

import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;

/**
 * One operation with its operands, checked as they are named and then queued. Calls are recycled, so that a training
 * step allocates none.
 */
final class Call {

    private static final int MOST_OPERANDS = 8;

    /** How an operand is used, which decides what may run beside it. */
    enum Access {
        /** Each student reads its own matrix, or the shared one. */
        READ,
        /** Each student writes its own matrix. */
        WRITE,
        /** Every student reads the matrices of all. */
        READ_ALL,
        /** Each student writes its own part of a flat buffer, as {@link #layout} says. */
        WRITE_PART,
        /** Each student reads its own part of a flat buffer. */
        READ_PART
    }

    private final CpuBackend backend;
    private final @Nullable CpuTensor[] operands = new CpuTensor[MOST_OPERANDS];
    private final String[] names = new String[MOST_OPERANDS];
    private final Access[] accesses = new Access[MOST_OPERANDS];
    private int count;
    private String operation = "";

    /** Settings of the operation; which is which is between the caller and its kernel. */
    final float[] scalars = new float[8];

    long seed;

    @Nullable
    ParameterLayout layout;

    @Nullable
    StudentKernel kernel;

    Members students = Members.SHARED;

    /** Estimated floating-point operations a student. */
    long cost;

    Call(CpuBackend backend) {
        this.backend = backend;
    }

    void begin(String name) {
        operation = name;
        count = 0;
        layout = null;
    }

    /** Drops the references to operands, so that a closed arena's arrays can be collected. */
    void clear() {
        for (int i = 0; i < count; i++) {
            operands[i] = null;
        }
        layout = null;
        kernel = null;
    }

    String operation() {
        return operation;
    }

    int count() {
        return count;
    }

    Access access(int index) {
        return accesses[index];
    }

    CpuTensor operand(int index) {
        CpuTensor tensor = operands[index];
        if (tensor == null) {
            throw new IllegalStateException(operation + " has no operand " + index);
        }
        return tensor;
    }

    /** Checks a tensor that a later call will read, so that an operation of two calls is refused before its first. */
    void requireOwn(String name, Tensor tensor) {
        backend.own(operation, name, tensor);
    }

    /** Adds an operand after checking that it belongs to this backend and to an open arena. */
    CpuTensor add(String name, Tensor tensor, Access access) {
        CpuTensor own = backend.own(operation, name, tensor);
        operands[count] = own;
        names[count] = name;
        accesses[count] = access;
        count++;
        return own;
    }

    CpuTensor read(String name, Tensor tensor) {
        return add(name, tensor, Access.READ);
    }

    CpuTensor write(String name, Tensor tensor) {
        return add(name, tensor, Access.WRITE);
    }

    /** The call runs for these students; every operand but flat buffers must have a matrix for each. */
    void runsFor(Members members) {
        students = members;
        for (int i = 0; i < count; i++) {
            requireMembers(i);
        }
    }

    private void requireMembers(int index) {
        Members members = operand(index).members();
        boolean fits = switch (accesses[index]) {
            case READ, READ_ALL -> covers(members, students);
            case WRITE -> covers(members, students) && members.isShared() == students.isShared();
            case READ_PART, WRITE_PART -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException(operation + ": " + names[index] + " must have a matrix "
                    + (students.isShared() ? "shared by all students" : "for each of students " + students)
                    + " but has " + members);
        }
    }

    /** As {@link Members#covers}, but without a stream: it is asked for every operand of every call. */
    private static boolean covers(Members members, Members students) {
        if (members == students || members.isShared()) {
            return true;
        }
        if (students.isShared()) {
            return false;
        }
        for (int i = 0; i < students.count(); i++) {
            if (members.indexOf(students.student(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Requires the same members in two operands, and says so with their names. */
    void requireSameMembers(int index, int other) {
        if (!operand(index).members().equals(operand(other).members())) {
            throw new IllegalArgumentException(operation + ": " + names[index] + " must have the members of "
                    + names[other] + ", " + operand(other).members() + ", but has "
                    + operand(index).members());
        }
    }

    void requireShared(int index) {
        if (!operand(index).members().isShared()) {
            throw new IllegalArgumentException(operation + ": " + names[index] + " must be shared but is "
                    + operand(index).shape());
        }
    }

    void requireNotShared(int index) {
        if (operand(index).members().isShared()) {
            throw new IllegalArgumentException(operation + ": " + names[index] + " must not be shared but is "
                    + operand(index).shape());
        }
    }

    /** A flat buffer, not a view into one: its parts are claimed by their place in the storage. */
    void requireWhole(int index) {
        if (operand(index).offsetOf(0) != 0) {
            throw new IllegalArgumentException(operation + ": " + names[index] + " must be a buffer of its own but is a"
                    + " view, " + operand(index).shape() + ", from offset "
                    + operand(index).offsetOf(0));
        }
    }

    void requireShape(int index, int rows, int cols) {
        CpuTensor tensor = operand(index);
        if (tensor.rows() != rows || tensor.cols() != cols) {
            throw new IllegalArgumentException(operation + ": " + names[index] + " must be [" + rows + ", " + cols
                    + "] but the operands are " + operandShapes());
        }
    }

    private String operandShapes() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(names[i])
                    .append(' ')
                    .append(operand(i).shape());
        }
        return text.toString();
    }
}
