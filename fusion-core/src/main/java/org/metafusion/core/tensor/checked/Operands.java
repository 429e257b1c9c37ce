package org.metafusion.core.tensor.checked;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;

/**
 * One operation with its operands, checked as they are named. Recycled from call to call, so that a training step
 * allocates none.
 *
 * @param <T> the backend's tensors
 */
public abstract class Operands<T extends Tensor> {

    private final List<T> operands = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Access> accesses = new ArrayList<>();
    private String operation = "";
    private Members students = Members.SHARED;
    private @Nullable ParameterLayout layout;

    /**
     * The tensor as one of this backend and of an open arena.
     *
     * @throws IllegalArgumentException if it belongs to another backend, naming operation and operand
     * @throws IllegalStateException if its arena is closed
     */
    protected abstract T own(String operation, String name, Tensor tensor);

    /** Starts anew with an operation of this name. */
    protected void begin(String name) {
        clear();
        operation = name;
        students = Members.SHARED;
    }

    /** Drops the references to operands, so that a closed arena's memory can go. */
    protected void clear() {
        operands.clear();
        names.clear();
        accesses.clear();
        layout = null;
    }

    /** The operation's name, for messages. */
    public final String operation() {
        return operation;
    }

    /** How many operands there are. */
    public final int count() {
        return operands.size();
    }

    /** An operand, in the order of the port's parameters. */
    public final T operand(int index) {
        return operands.get(index);
    }

    /** What is done with an operand. */
    public final Access access(int index) {
        return accesses.get(index);
    }

    /** The students the operation runs for; {@link Members#SHARED} if once for all. */
    public final Members students() {
        return students;
    }

    /** Which part of a flat buffer belongs to which student, for operations on such buffers. */
    public final @Nullable ParameterLayout layout() {
        return layout;
    }

    /** Adds an operand. */
    public final T add(String name, Tensor tensor, Access access) {
        T own = own(operation, name, tensor);
        operands.add(own);
        names.add(name);
        accesses.add(access);
        return own;
    }

    final T read(String name, Tensor tensor) {
        return add(name, tensor, Access.READ);
    }

    final T write(String name, Tensor tensor) {
        return add(name, tensor, Access.WRITE);
    }

    /** Checks a tensor that is read only later. */
    final void requireOwn(String name, Tensor tensor) {
        own(operation, name, tensor);
    }

    /** The operation runs for these students; every operand but flat buffers must have a matrix for each. */
    public final void runsFor(Members members) {
        students = members;
        for (int i = 0; i < count(); i++) {
            requireMembers(i);
        }
    }

    /** The operation runs for the students of a layout of flat buffers. */
    final void runsFor(ParameterLayout parts) {
        layout = parts;
        runsFor(parts.members());
    }

    private void requireMembers(int index) {
        Members members = operand(index).members();
        boolean fits = switch (access(index)) {
            case READ, READ_ALL -> covers(members, students);
            case WRITE -> covers(members, students) && members.isShared() == students.isShared();
            case READ_PART, WRITE_PART -> true;
        };
        if (!fits) {
            throw refusal(
                    index,
                    "must have a matrix "
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

    /** What to say of an operand that is wrong. */
    private IllegalArgumentException refusal(int index, String why) {
        return new IllegalArgumentException(operation + ": " + names.get(index) + " " + why);
    }

    /** Requires the same members in two operands, and says so with their names. */
    final void requireSameMembers(int index, int other) {
        if (!operand(index).members().equals(operand(other).members())) {
            throw refusal(
                    index,
                    "must have the members of " + names.get(other) + ", "
                            + operand(other).members() + ", but has "
                            + operand(index).members());
        }
    }

    final void requireShared(int index) {
        if (!operand(index).members().isShared()) {
            throw refusal(index, "must be shared but is " + operand(index).shape());
        }
    }

    final void requireNotShared(int index) {
        if (operand(index).members().isShared()) {
            throw refusal(index, "must not be shared but is " + operand(index).shape());
        }
    }

    final void requireShape(int index, int rows, int cols) {
        T tensor = operand(index);
        if (tensor.rows() != rows || tensor.cols() != cols) {
            throw refusal(index, "must be [" + rows + ", " + cols + "] but the operands are " + operandShapes());
        }
    }

    /** Requires a whole number of blocks as wide as operand {@code narrow} side by side in {@code wide}; as many rows. */
    final void requireBlocks(int narrow, int wide) {
        int width = operand(narrow).cols();
        int whole = operand(wide).cols();
        boolean divides = width == 0 ? whole == 0 : whole % width == 0;
        if (!divides || operand(narrow).rows() != operand(wide).rows()) {
            throw refusal(
                    narrow,
                    "must be one block of columns of " + names.get(wide) + " but the operands are " + operandShapes());
        }
    }

    /** Requires a column that an operand has. */
    final void requireColumn(int index, int column) {
        if (column < 0 || column >= operand(index).cols()) {
            throw refusal(
                    index,
                    "has no column " + column + ": it is " + operand(index).shape());
        }
    }

    /** Requires flat buffers of one size, of which the layout's parts lie inside. */
    final void requireBuffers(ParameterLayout parts) {
        int size = operand(0).cols();
        for (int i = 0; i < count(); i++) {
            requireShared(i);
            requireShape(i, 1, size);
            if (!isWhole(operand(i))) {
                throw refusal(
                        i,
                        "must be a buffer of its own but is a view, "
                                + operand(i).shape());
            }
        }
        int[] bounds = parts.bounds();
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] < 0 || bounds[i + 1] < bounds[i] || bounds[i + 1] > size) {
                throw new IllegalArgumentException(
                        operation + ": student " + parts.members().student(i / 2) + " owns elements " + bounds[i]
                                + " to " + bounds[i + 1] + ", which do not lie inside buffers of " + size);
            }
        }
    }

    /** Whether a shared tensor begins where its storage does: parts of flat buffers are known by their place there. */
    protected abstract boolean isWhole(T tensor);

    private String operandShapes() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(names.get(i))
                    .append(' ')
                    .append(operand(i).shape());
        }
        return text.toString();
    }
}
