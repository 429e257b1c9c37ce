package org.metafusion.training.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.metafusion.core.FusionException;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.DropoutSeed;
import org.metafusion.training.network.Presence;
import org.metafusion.training.representation.EncoderStarts;

/** One phase: epochs of minibatch steps for all students at once, validation after each, best weights kept. */
final class PhaseRun implements AutoCloseable {

    /** Students leave the stack when this share of it has nothing left to do; rebuilding is not free. */
    private static final double LEAVING_SHARE = 0.125;

    private static final long WITHHOLDING = 0x5EED0D0DA1171E5L;

    private final TensorBackend backend;
    private final TrainingOptions options;
    private final CohortLayout layout;
    private final CohortRows rows;
    private final EncoderStarts starts;
    private final PhasePlan plan;
    private final TrainingListener listener;
    private final TensorArena arena;
    private final Tensor parameters;
    private final Tensor gradients;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private final Tensor best;
    private final Progress progress;
    private final Modulator modulator;
    private final Withholding withholding;
    private ActiveCohort active;
    private int step;

    /**
     * What phases run on.
     *
     * @param starts of the encoders that students fine-tune: part of the initial weights
     */
    record Subject(CohortLayout layout, EncoderStarts starts, CohortRows rows) {}

    PhaseRun(CohortTrainer trainer, Subject subject, PhasePlan plan, TrainingListener listener) {
        this.backend = trainer.backend();
        this.options = trainer.options();
        this.layout = subject.layout();
        this.starts = subject.starts();
        this.rows = subject.rows();
        this.plan = plan;
        this.listener = listener;
        this.arena = backend.openArena("parameters of phase " + plan.name());
        this.parameters = arena.upload(backend, 1, layout.size(), startingParameters());
        this.gradients = arena.zeros(Members.SHARED, 1, layout.size());
        this.firstMoment = arena.zeros(Members.SHARED, 1, layout.size());
        this.secondMoment = arena.zeros(Members.SHARED, 1, layout.size());
        this.best = arena.zeros(Members.SHARED, 1, layout.size());
        this.progress = new Progress(layout.cohort().size(), options.patience());
        this.active = activate(plan.students());
        Modulation modulation = trainer.modulation().kind();
        this.modulator = modulation.scalesGradients()
                ? new GradientModulator(trainer, buffers(), rows.train(), active.batchRows())
                : Modulator.NONE;
        modulator.follow(layout.copiesOf(active.students()));
        this.withholding = modulation == Modulation.BLENDING
                ? new GradientBlending(backend, buffers(), rows)
                : Withholding.dropout(options.modalityDropout());
    }

    private BatchPass.Parameters buffers() {
        return new BatchPass.Parameters(layout, arena, parameters, gradients);
    }

    /** What watches the competition of modalities in this phase, to be given to {@link #train}. */
    CompetitionMeter meter() {
        return new CompetitionMeter(backend, buffers(), rows.validation().get(0).rows(), modulator);
    }

    private float[] startingParameters() {
        float[] flat = layout.start(options.seed(), starts);
        for (int s = 0; s < plan.startFrom().size(); s++) {
            float[] start = plan.startFrom().get(s);
            System.arraycopy(start, 0, flat, layout.offset(s), start.length);
        }
        return flat;
    }

    private ActiveCohort activate(int[] students) {
        return new ActiveCohort(backend, buffers(), students, plan.objective(), rows, options);
    }

    PhaseOutcome train(PhaseObserver observer) {
        int epoch = 0;
        SplittableRandom seeds = new SplittableRandom(options.seed() ^ 0x0BA7C4E5L);
        withholding.epochEnded(epoch, layout.copiesOf(active.students()));
        while (epoch < options.epochs() && anyoneTrains()) {
            epoch++;
            trainEpoch(seeds.nextLong(), observer);
            withholding.epochEnded(epoch, layout.copiesOf(active.students()));
            observer.epochEnded(epoch, layout.copiesOf(active.students()));
            double[] losses = active.validate();
            requireFinite(epoch, losses);
            int[] improved = progress.record(epoch, active.students(), losses);
            if (improved.length > 0) {
                backend.optimizer().copy(best, parameters, layout.parts(layout.copiesOf(improved)));
                observer.improved(improved);
            }
            listener.epochEnded(plan.name(), epoch, active.students().length, progress.lowest());
            dismiss();
        }
        return outcome(epoch);
    }

    private boolean anyoneTrains() {
        return Arrays.stream(active.students()).anyMatch(s -> !progress.hasStopped(s));
    }

    private void requireFinite(int epoch, double[] losses) {
        if (!Double.isFinite(progress.lowest())
                && Arrays.stream(active.students()).allMatch(s -> !Double.isFinite(losses[s]))) {
            throw new FusionException("Training diverged: in phase '" + plan.name() + "', epoch " + epoch
                    + ", every student's validation loss is infinite or not a number; lower the learning rate ("
                    + options.learningRate() + ") or rho");
        }
    }

    private void dismiss() {
        int[] needed = progress.needed(active.students(), plan::learnsFrom);
        int before = active.students().length;
        if (needed.length > 0 && before - needed.length >= Math.max(1, LEAVING_SHARE * before)) {
            active.close();
            active = activate(needed);
            modulator.follow(layout.copiesOf(needed));
        }
    }

    private void trainEpoch(long seed, PhaseObserver observer) {
        SplittableRandom random = new SplittableRandom(seed);
        int batch = active.batchRows();
        Presence presence = withholding.of(rows.train().presence(), seed ^ WITHHOLDING);
        int[] order = shuffled(random, rows.train().rows(), rows.train().batches(batch) * batch);
        for (int from = 0; from < order.length; from += batch) {
            step++;
            int first = from;
            DropoutSeed dropout = new DropoutSeed(random.nextLong(), options.dropout() > 0);
            modulator.observe(order, first);
            backend.repeat(() -> learn(presence, order, first, dropout));
            observer.stepped(layout.copiesOf(active.students()));
        }
    }

    /** One step on the rows of {@code order} from {@code from} on. */
    private void learn(Presence presence, int[] order, int from, DropoutSeed seed) {
        active.step(rows.train(), presence, order, from, seed);
        modulator.beforeOptimizer(seed.value());
        AdamW settings = AdamW.of(options.learningRate(), options.weightDecay(), step);
        backend.optimizer().adamW(parameters, gradients, firstMoment, secondMoment, active.parts(), settings);
        modulator.afterOptimizer();
    }

    /** All rows in random order, filled up to {@code length} with the row nobody sees. */
    private static int[] shuffled(SplittableRandom random, int rows, int length) {
        int[] order = new int[length];
        Arrays.fill(order, rows);
        for (int i = 0; i < rows; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private PhaseOutcome outcome(int epochs) {
        active.close();
        backend.optimizer().copy(parameters, best, layout.parts(layout.copiesOf(plan.students())));
        active = activate(plan.students());
        float[][] outputs = active.outputs();
        float[] flat = backend.download(parameters);
        List<StudentOutcome> students = new ArrayList<>();
        for (int s : plan.students()) {
            students.add(new StudentOutcome(
                    s,
                    Arrays.copyOfRange(flat, layout.offset(s), layout.offset(s) + layout.size(s)),
                    progress.bestEpoch(s),
                    progress.bestLoss(s),
                    outputs[s],
                    progress.history(s)));
        }
        return new PhaseOutcome(students, epochs);
    }

    @Override
    public void close() {
        modulator.close();
        active.close();
        backend.synchronize();
        arena.close();
    }
}
