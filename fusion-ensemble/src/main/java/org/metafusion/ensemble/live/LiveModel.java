package org.metafusion.ensemble.live;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;

/**
 * A model in service that can be replaced while it is used. The new one first has to pass the {@link Canary}; then calls
 * that begin get the new model, while those under way end on the one they began with. The one before stays open, so that
 * it can be {@linkplain #rollback taken back} at once. Thread-safe; owns the models it is given.
 */
public final class LiveModel implements AutoCloseable {

    private final Canary canary;
    private volatile Generation current;
    private @Nullable Generation before;
    private int generations = 1;
    private boolean closed;

    /** With {@link Canary#interchangeable}. */
    public LiveModel(FusionModel first) {
        this(first, Canary.interchangeable());
    }

    /** @param first in service from the start, unchecked */
    public LiveModel(FusionModel first, Canary canary) {
        this.canary = canary;
        this.current = new Generation(first, 1);
    }

    /** Asks the model in service, which stays open until {@code call} returns. Nothing of the model may outlive the call. */
    public <T> T ask(Function<FusionModel, T> call) {
        return answer(call).answer();
    }

    /** As {@link #ask}, with the generation that was asked, whatever is put in service meanwhile. */
    public <T> LiveAnswer<T> answer(Function<FusionModel, T> call) {
        Generation asked = acquire();
        try {
            return new LiveAnswer<>(call.apply(asked.model()), asked.number());
        } finally {
            asked.release();
        }
    }

    private Generation acquire() {
        Generation asked = current;
        while (!asked.acquire()) {
            Generation now = current;
            if (now == asked) {
                throw new IllegalStateException("The model is closed");
            }
            asked = now;
        }
        return asked;
    }

    /** {@link FusionModel#predict(Sample)} of the model in service. */
    public Prediction predict(Sample sample) {
        return ask(model -> model.predict(sample));
    }

    /** {@link FusionModel#predict(Samples)} of the model in service. */
    public List<Prediction> predict(Samples samples) {
        return ask(model -> model.predict(samples));
    }

    /** Which model is in service: 1 for the first, one more for each that replaced another; that of its own if taken back. */
    public int generation() {
        return current.number();
    }

    /**
     * Puts another model in service and gives its generation. It is closed if it does not pass the check; then everything
     * stays as it was.
     *
     * @throws FusionException if the canary refuses it
     */
    public synchronized int replace(FusionModel candidate) {
        if (closed) {
            candidate.close();
            throw new IllegalStateException("The model is closed");
        }
        try {
            canary.check(current.model(), candidate);
        } catch (RuntimeException | Error e) {
            candidate.close();
            throw e;
        }
        retire();
        before = current;
        current = new Generation(candidate, ++generations);
        return generations;
    }

    /**
     * Puts the model before in service again, in place of the present one, which is closed, and gives its generation. Once
     * for each replacement.
     *
     * @throws FusionException if there is none
     */
    public synchronized int rollback() {
        Generation back = before;
        if (back == null) {
            throw new FusionException("There is no earlier model to go back to");
        }
        Generation failed = current;
        current = back;
        before = null;
        failed.release();
        return back.number();
    }

    private void retire() {
        if (before != null) {
            before.release();
            before = null;
        }
    }

    /** Closes the models, each when the last call on it has returned. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            retire();
            current.release();
        }
    }
}
