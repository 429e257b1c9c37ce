package org.metafusion.ensemble.live;

import java.util.concurrent.atomic.AtomicInteger;
import org.metafusion.ensemble.model.FusionModel;

/** A model in service, closed when its owner has given it up and nobody uses it any more. */
final class Generation {

    private final FusionModel model;
    private final int number;
    private final AtomicInteger users = new AtomicInteger(1); // its owner

    Generation(FusionModel model, int number) {
        this.model = model;
        this.number = number;
    }

    FusionModel model() {
        return model;
    }

    int number() {
        return number;
    }

    /** Keeps the model open until {@link #release}; false if it is closed. */
    boolean acquire() {
        int now = users.get();
        while (now > 0 && !users.compareAndSet(now, now + 1)) {
            now = users.get();
        }
        return now > 0;
    }

    /** Gives back what {@link #acquire}, or being the owner, has given. */
    void release() {
        if (users.decrementAndGet() == 0) {
            model.close();
        }
    }
}
