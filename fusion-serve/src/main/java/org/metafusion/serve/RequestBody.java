package org.metafusion.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

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

    /** Reads a body as it arrives and hands it on, without waiting. */
    static void read(Request request, int limit, Consumer<RequestBody> next) {
        new Reader(request, limit, next).begin();
    }

    /** Reads a body of any length and throws it away. */
    static void discard(Request request, Consumer<RequestBody> next) {
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
        private final Consumer<RequestBody> next;
        private final ByteArrayOutputStream kept;
        private long total;

        Reader(Request request, int limit, Consumer<RequestBody> next) {
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
                run();
            }
        }

        private int mostRead() {
            return Math.max(limit, LEAST_READ);
        }

        @Override
        public void run() {
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
                take(chunk.getByteBuffer());
                chunk.release();
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
            next.accept(new RequestBody(state == State.KEPT ? kept.toByteArray() : new byte[0], state));
        }
    }
}
