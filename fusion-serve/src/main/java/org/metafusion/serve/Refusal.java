package org.metafusion.serve;

/** Why a request gets no answer, with its HTTP status. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** What was sent cannot be understood. */
    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }
}
