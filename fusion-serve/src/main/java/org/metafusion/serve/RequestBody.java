package org.metafusion.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Promise;

/**
 * The body of a request.
 *
 * @param bytes all of it if it is {@link State#KEPT}, else none
 */
record RequestBody(byte[] bytes, State state) {

    /** What came of reading it. */
    enum State {
        /** Read and kept. */
        KEPT,
        /** Read to its end and thrown away, being larger than the limit. */
        TOO_LARGE,
        /** So large that it was not read to its end. */
        FAR_TOO_LARGE,
        /** The caller stopped sending, or went. */
        BROKEN;

        /** Whether bytes of it may still be on their way, so that the connection cannot serve another request. */
        boolean isUnfinished() {
            return this == FAR_TOO_LARGE || this == BROKEN;
        }
    }

    /**
     * Reads a body as it arrives and hands it on, without waiting.
     *
     * @param next also told of whatever is thrown on the way, an {@link Error} included: by reading, or by itself when it is
     *     given the body
     */
    static void read(Request request, int limit, Promise<RequestBody> next) {
        try {
            new Reader(request, limit, next).begin();
        } catch (Throwable e) {
            next.failed(e);
        }
    }

    /** Reads a body of any length and throws it away. */
    static void discard(Request request, Promise<RequestBody> next) {
        read(request, -1, next);
    }

    /**
     * Also reads what is over the limit, within reason: closing a connection with bytes unread resets it, and then the
     * caller may lose the very reply that says why.
     */
    private static final class Reader implements Runnable {

        private static final int LEAST_READ = 1 << 20;

        private final Request request;
        private final int limit;
        private final Promise<RequestBody> next;
        private final ByteArrayOutputStream kept;
        private long total;

        Reader(Request request, int limit, Promise<RequestBody> next) {
            this.request = request;
            this.limit = limit;
            this.next = next;
            this.kept = new ByteArrayOutputStream((int) Math.max(0, Math.min(limit, request.getLength())));
        }

        void begin() {
            boolean waitsForLeave = request.getHeaders().contains(HttpHeader.EXPECT);
            if (request.getLength() > (waitsForLeave ? limit : mostRead())) {
                end(State.FAR_TOO_LARGE);
            } else {
                readOn();
            }
        }

        private int mostRead() {
            return Math.max(limit, LEAST_READ);
        }

        /** There is more to read. */
        @Override
        public void run() {
            try {
                readOn();
            } catch (Throwable e) { // The server's thread would drop it, and nobody end the request.
                next.failed(e);
            }
        }

        private void readOn() {
            while (total <= mostRead()) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    end(State.BROKEN);
                    return;
                }
                try {
                    take(chunk.getByteBuffer());
                } finally {
                    chunk.release();
                }
                if (chunk.isLast()) {
                    end(total <= limit ? State.KEPT : State.TOO_LARGE);
                    return;
                }
            }
            end(State.FAR_TOO_LARGE);
        }

        private void take(ByteBuffer arrived) {
            total += arrived.remaining();
            if (total <= limit) {
                kept.writeBytes(BufferUtil.toArray(arrived));
            }
        }

        private void end(State state) {
            next.succeeded(new RequestBody(state == State.KEPT ? kept.toByteArray() : new byte[0], state));
        }
    }
}
