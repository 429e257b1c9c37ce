package org.metafusion.serve;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;

/** The end of a request that holds one of a server's places: given back once, however often and in whatever way it ends. */
final class Place extends Callback.Nested {

    private final Semaphore places;
    private final AtomicBoolean left = new AtomicBoolean();

    /** @param callback what else is to happen at the end */
    Place(Callback callback, Semaphore places) {
        super(callback);
        this.places = places;
    }

    @Override
    public void completed() {
        if (left.compareAndSet(false, true)) {
            places.release();
        }
    }
}
