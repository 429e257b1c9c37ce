package org.metafusion.cpu;

import org.metafusion.core.tensor.checked.Access;
import org.metafusion.core.tensor.checked.CheckedLossKernels;

/** Task losses; what a student learns from its peers is {@link PeerLoss}. */
final class CpuLossKernels extends CheckedLossKernels<Call> {

    private static final long ELEMENT = 60;

    private final CallQueue queue;
    private final PeerStack.Cache stacks;

    CpuLossKernels(CallQueue queue, PeerStack.Cache stacks) {
        this.queue = queue;
        this.stacks = stacks;
    }

    @Override
    protected Call begin(String operation) {
        return queue.begin(operation);
    }

    @Override
    protected void classification(Call call, MutualTerm mutual) {
        CpuTensor outputs = call.operand(2);
        call.scalars[0] = mutual.temperature();
        if (mutual.rho() == 0f) {
            queue.submit(CpuLossKernels::runClassification, ELEMENT * outputs.area());
            return;
        }
        PeerStack stack = stacks.of(outputs.members(), outputs.rows(), outputs.cols());
        call.add("peers", stack.peers(), Access.WRITE);
        call.add("logs", stack.logs(), Access.WRITE);
        Call second = submitFirst(call, CpuLossKernels::runClassificationOfPeers, 2 * ELEMENT * outputs.area());
        second.add("peers", stack.peers(), Access.READ_ALL);
        second.add("logs", stack.logs(), Access.READ);
        second.add("divergence", mutual.divergence(), Access.READ);
        second.scalars[0] = mutual.temperature();
        second.scalars[1] = mutual.rho();
        queue.submit(PeerLoss::runClassification, ELEMENT * outputs.area());
    }

    /** Queues the first part of a loss, and begins the second on the same operands. */
    private Call submitFirst(Call call, StudentKernel kernel, long cost) {
        String operation = call.operation();
        CpuTensor dOutputs = call.operand(0);
        CpuTensor totals = call.operand(1);
        CpuTensor outputs = call.operand(2);
        CpuTensor targets = call.operand(3);
        CpuTensor weights = call.operand(4);
        queue.submit(kernel, cost);
        return begin(operation, dOutputs, totals, outputs, targets, weights);
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
    protected void regression(Call call, MutualTerm mutual) {
        CpuTensor outputs = call.operand(2);
        CpuTensor weights = call.operand(4);
        if (mutual.rho() == 0f) {
            queue.submit(CpuLossKernels::runRegression, 8L * outputs.area());
            return;
        }
        Call second = submitFirst(call, CpuLossKernels::runRegression, 8L * outputs.area());
        second.add("outputs", outputs, Access.READ_ALL);
        second.add("weights", weights, Access.READ_ALL);
        second.add("divergence", mutual.divergence(), Access.READ);
        second.scalars[1] = mutual.rho();
        queue.submit(
                PeerLoss::runRegression, 8L * outputs.area() * outputs.members().count());
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
    protected void cooperative(Call call, float rho, boolean classification) {
        CpuTensor outputs = call.operand(2);
        call.add("outputs", outputs, Access.READ_ALL);
        call.add("weights", call.operand(4), Access.READ_ALL);
        call.scalars[0] = rho;
        queue.submit(
                classification ? CooperativeLoss::runClassification : CooperativeLoss::runRegression,
                ELEMENT * outputs.area());
    }
}
