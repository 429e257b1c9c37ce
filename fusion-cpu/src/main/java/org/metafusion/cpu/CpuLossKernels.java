package org.metafusion.cpu;

import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.Tensor;

/** Task losses and their checks; what a student learns from its peers is {@link PeerLoss}. */
final class CpuLossKernels implements LossKernels {

    private static final long ELEMENT = 60;

    private final CallQueue queue;
    private final PeerStack.Cache stacks;

    CpuLossKernels(CallQueue queue, PeerStack.Cache stacks) {
        this.queue = queue;
        this.stacks = stacks;
    }

    @Override
    public void classification(
            Tensor dLogits, Tensor totals, Tensor logits, Tensor labels, Tensor weights, MutualTerm mutual) {
        requireTerm("classification", mutual);
        boolean alone = mutual.rho() == 0f;
        Call call = begin("classification", dLogits, totals, logits, labels, weights);
        call.requireShape(3, call.operand(2).rows(), 1);
        call.scalars[0] = mutual.temperature();
        CpuTensor outputs = call.operand(2);
        if (alone) {
            queue.submit(CpuLossKernels::runClassification, ELEMENT * outputs.area());
            return;
        }
        requireDivergence("classification", call, mutual.divergence());
        PeerStack stack = stacks.of(outputs.members(), outputs.rows(), outputs.cols());
        call.write("peers", stack.peers());
        call.write("logs", stack.logs());
        queue.submit(CpuLossKernels::runClassificationOfPeers, 2 * ELEMENT * outputs.area());
        Call second = begin("classification", dLogits, totals, logits, labels, weights);
        second.add("peers", stack.peers(), Call.Access.READ_ALL);
        second.read("logs", stack.logs());
        second.read("divergence", mutual.divergence());
        second.scalars[0] = mutual.temperature();
        second.scalars[1] = mutual.rho();
        queue.submit(PeerLoss::runClassification, ELEMENT * outputs.area());
    }

    private static void requireTerm(String operation, MutualTerm mutual) {
        if (!(mutual.temperature() > 0f) || !(mutual.rho() >= 0f)) {
            throw new IllegalArgumentException(operation + ": temperature must be above 0 and rho 0 or more but were "
                    + mutual.temperature() + " and " + mutual.rho());
        }
    }

    /** Operands 0 to 4 of every loss, with the checks common to all. */
    private Call begin(
            String operation, Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights) {
        Call call = queue.begin(operation);
        call.write("dOutputs", dOutputs);
        call.write("totals", totals);
        CpuTensor out = call.read("outputs", outputs);
        call.read("targets", targets);
        call.read("weights", weights);
        call.requireShape(0, out.rows(), out.cols());
        call.requireShape(1, 1, 2);
        call.requireShape(4, out.rows(), 1);
        call.requireNotShared(2);
        call.requireShared(3);
        call.requireSameMembers(0, 2);
        call.requireSameMembers(1, 2);
        call.runsFor(out.members());
        return call;
    }

    private static void requireDivergence(String operation, Call call, Tensor divergence) {
        int students = call.students.count();
        call.requireOwn("divergence", divergence);
        if (!divergence.members().isShared() || divergence.rows() != students || divergence.cols() != students) {
            throw new IllegalArgumentException(operation + ": divergence must be [shared, " + students + ", " + students
                    + "] for " + students + " students but is " + divergence.shape());
        }
    }

    private static void runClassification(Call call, int student, Workspace workspace) {
        CpuTensor logits = call.operand(2);
        int area = logits.area();
        float[] scratch = workspace.floats(2 * area);
        Softmax.Result softmax = workspace.softmax;
        softmax.logs = scratch;
        softmax.logsAt = 0;
        softmax.probabilities = scratch;
        softmax.probabilitiesAt = area;
        Softmax.rows(logits.data(), logits.offset(student), logits.rows(), logits.cols(), 1f, softmax);
        crossEntropy(call, student, softmax);
    }

    /** {@code dLogits = (p - onehot) w / n_s} and the summed {@code -w log p[label]}. */
    private static void crossEntropy(Call call, int student, Softmax.Result softmax) {
        CpuTensor dLogits = call.operand(0);
        CpuTensor totals = call.operand(1);
        CpuTensor labels = call.operand(3);
        CpuTensor weights = call.operand(4);
        float[] gradient = dLogits.data();
        int cols = dLogits.cols();
        float scale = inverseRows(weights, student);
        double loss = 0;
        for (int row = 0; row < dLogits.rows(); row++) {
            int to = dLogits.offset(student) + row * cols;
            int from = softmax.probabilitiesAt + row * cols;
            float weight = weights.data()[weights.offset(student) + row];
            for (int c = 0; c < cols; c++) {
                gradient[to + c] = weight == 0f ? 0f : softmax.probabilities[from + c] * weight * scale;
            }
            if (weight != 0f) {
                int label = label(labels, row, cols);
                gradient[to + label] -= weight * scale;
                loss -= weight * softmax.logs[softmax.logsAt + row * cols + label];
            }
        }
        totals.data()[totals.offset(student)] += (float) loss;
    }

    /** {@code 1 / n_s}, or 0 where the student has no row at all. */
    static float inverseRows(CpuTensor weights, int student) {
        double sum = 0;
        int at = weights.offset(student);
        for (int row = 0; row < weights.rows(); row++) {
            sum += weights.data()[at + row];
        }
        return sum > 0 ? (float) (1 / sum) : 0f;
    }

    static int label(CpuTensor labels, int row, int classes) {
        float value = labels.data()[labels.offsetOf(0) + row];
        int label = (int) value;
        if (label != value || label < 0 || label >= classes) {
            throw new IllegalArgumentException("classification: the label of row " + row + " must be a class from 0 to "
                    + (classes - 1) + " but is " + value);
        }
        return label;
    }

    /** The task part, and this student's rows of the peer stack. */
    private static void runClassificationOfPeers(Call call, int student, Workspace workspace) {
        CpuTensor logits = call.operand(2);
        float temperature = call.scalars[0];
        runClassification(call, student, workspace);
        CpuTensor logs = call.operand(6);
        float[] scratch = workspace.floats(2 * logits.area());
        Softmax.Result softmax = workspace.softmax;
        if (temperature == 1f) {
            System.arraycopy(scratch, 0, logs.data(), logs.offset(student), logits.area());
        }
        softmax.logs = logs.data();
        softmax.logsAt = logs.offset(student);
        if (temperature != 1f) {
            Softmax.rows(logits.data(), logits.offset(student), logits.rows(), logits.cols(), temperature, softmax);
        }
        PeerLoss.publish(call, student, softmax);
    }

    @Override
    public void regression(
            Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights, MutualTerm mutual) {
        requireTerm("regression", mutual);
        Call call = begin("regression", dOutputs, totals, outputs, targets, weights);
        CpuTensor out = call.operand(2);
        call.requireShape(3, out.rows(), out.cols());
        if (mutual.rho() != 0f) {
            requireDivergence("regression", call, mutual.divergence());
        }
        queue.submit(CpuLossKernels::runRegression, 8L * out.area());
        if (mutual.rho() != 0f) {
            Call second = begin("regression", dOutputs, totals, outputs, targets, weights);
            second.add("outputs", outputs, Call.Access.READ_ALL);
            second.add("weights", weights, Call.Access.READ_ALL);
            second.read("divergence", mutual.divergence());
            second.scalars[1] = mutual.rho();
            queue.submit(
                    PeerLoss::runRegression, 8L * out.area() * out.members().count());
        }
    }

    private static void runRegression(Call call, int student, Workspace workspace) {
        CpuTensor dOutputs = call.operand(0);
        CpuTensor totals = call.operand(1);
        CpuTensor outputs = call.operand(2);
        CpuTensor targets = call.operand(3);
        CpuTensor weights = call.operand(4);
        int cols = outputs.cols();
        float scale = 2f * inverseRows(weights, student) / cols;
        double loss = 0;
        for (int row = 0; row < outputs.rows(); row++) {
            float weight = weights.data()[weights.offset(student) + row];
            for (int c = 0; c < cols; c++) {
                int i = row * cols + c;
                float difference = weight == 0f
                        ? 0f
                        : outputs.data()[outputs.offset(student) + i] - targets.data()[targets.offsetOf(0) + i];
                dOutputs.data()[dOutputs.offset(student) + i] = weight * scale * difference;
                loss += (double) weight * difference * difference;
            }
        }
        totals.data()[totals.offset(student)] += (float) (loss / cols);
    }

    @Override
    public void cooperative(
            Tensor dOutputs,
            Tensor totals,
            Tensor outputs,
            Tensor targets,
            Tensor weights,
            float rho,
            boolean classification) {
        Call call = begin("cooperative", dOutputs, totals, outputs, targets, weights);
        CpuTensor out = call.operand(2);
        if (out.members().count() != 2) {
            throw new IllegalArgumentException(
                    "cooperative: outputs must be of exactly 2 students but are " + out.shape());
        }
        call.requireShape(3, out.rows(), classification ? 1 : out.cols());
        call.add("outputs", outputs, Call.Access.READ_ALL);
        call.add("weights", weights, Call.Access.READ_ALL);
        call.scalars[0] = rho;
        queue.submit(
                classification ? CooperativeLoss::runClassification : CooperativeLoss::runRegression,
                ELEMENT * out.area());
    }
}
