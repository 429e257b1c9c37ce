package org.metafusion.core.tensor.checked;

/** How an operation uses an operand, which decides what may run beside it. */
public enum Access {
    /** Each student reads its own matrix, or the shared one. */
    READ,
    /** Each student writes its own matrix. */
    WRITE,
    /** Every student reads the matrices of all. */
    READ_ALL,
    /** Each student writes its own part of a flat buffer, as the operation's layout says. */
    WRITE_PART,
    /** Each student reads its own part of a flat buffer. */
    READ_PART;

    /** Whether it changes the operand. */
    public boolean writes() {
        return this == WRITE || this == WRITE_PART;
    }
}
