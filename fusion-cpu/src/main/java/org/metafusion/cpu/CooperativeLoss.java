package org.metafusion.cpu;

import org.metafusion.core.tensor.Members;

/**
 * Cooperative learning of two students [Ding et al. 2022]: the task loss of the sum {@code g = f_0 + f_1} of their
 * outputs, plus {@code rho / 2} times their mean squared difference. Each student computes both terms and its own
 * gradient, {@code dTask/dg +- rho (f_0 - f_1)}.
 */
final class CooperativeLoss {

    private CooperativeLoss() {}

    static void runRegression(Call call, int student, Workspace workspace) {
        CpuTensor dOutputs = call.operand(0);
        CpuTensor f = call.operand(5);
        CpuTensor targets = call.operand(3);
        float scale = inverseRows(call) / f.cols();
        double loss = 0;
        for (int i = 0; i < f.area(); i++) {
            float weight = weight(call, i / f.cols());
            float error = weight == 0f ? 0f : sum(f, i) - targets.data()[targets.offsetOf(0) + i];
            dOutputs.data()[dOutputs.offset(student) + i] = weight * scale * error;
            loss += (double) weight * error * error;
        }
        addTask(call, student, loss / (2.0 * f.cols()));
        addDisagreement(call, student, scale);
    }

    static void runClassification(Call call, int student, Workspace workspace) {
        CpuTensor dOutputs = call.operand(0);
        CpuTensor f = call.operand(5);
        int cols = f.cols();
        Softmax.Result softmax = softmaxOfSum(f, workspace);
        float scale = inverseRows(call);
        double loss = 0;
        for (int row = 0; row < f.rows(); row++) {
            float weight = weight(call, row);
            int to = dOutputs.offset(student) + row * cols;
            for (int c = 0; c < cols; c++) {
                float p = softmax.probabilities[softmax.probabilitiesAt + row * cols + c];
                dOutputs.data()[to + c] = weight == 0f ? 0f : weight * scale * p;
            }
            if (weight != 0f) {
                int label = CpuLossKernels.label(call.operand(3), row, cols);
                dOutputs.data()[to + label] -= weight * scale;
                loss -= weight * softmax.logs[row * cols + label];
            }
        }
        addTask(call, student, loss);
        addDisagreement(call, student, scale / cols);
    }

    private static Softmax.Result softmaxOfSum(CpuTensor f, Workspace workspace) {
        int area = f.area();
        float[] scratch = workspace.floats(3 * area);
        for (int i = 0; i < area; i++) {
            scratch[2 * area + i] = sum(f, i);
        }
        Softmax.Result softmax = workspace.softmax;
        softmax.logs = scratch;
        softmax.logsAt = 0;
        softmax.probabilities = scratch;
        softmax.probabilitiesAt = area;
        Softmax.rows(scratch, 2 * area, f.rows(), f.cols(), 1f, softmax);
        return softmax;
    }

    private static float sum(CpuTensor f, int element) {
        return f.data()[f.offsetOf(0) + element] + f.data()[f.offsetOf(1) + element];
    }

    /** A row counts only if both students have their inputs. */
    private static float weight(Call call, int row) {
        CpuTensor weights = call.operand(6);
        Members pair = call.operand(5).members();
        float[] values = weights.data();
        return values[weights.offset(pair.student(0)) + row] * values[weights.offset(pair.student(1)) + row];
    }

    private static float inverseRows(Call call) {
        double rows = 0;
        for (int row = 0; row < call.operand(6).rows(); row++) {
            rows += weight(call, row);
        }
        return rows > 0 ? (float) (1 / rows) : 0f;
    }

    private static void addTask(Call call, int student, double loss) {
        CpuTensor totals = call.operand(1);
        totals.data()[totals.offset(student)] += (float) loss;
    }

    private static void addDisagreement(Call call, int student, float scale) {
        CpuTensor dOutputs = call.operand(0);
        CpuTensor totals = call.operand(1);
        CpuTensor f = call.operand(5);
        float rho = call.scalars[0];
        float sign = f.members().indexOf(student) == 0 ? 1f : -1f;
        double loss = 0;
        for (int i = 0; i < f.area(); i++) {
            float weight = weight(call, i / f.cols());
            if (weight != 0f) {
                float difference = f.data()[f.offsetOf(0) + i] - f.data()[f.offsetOf(1) + i];
                dOutputs.data()[dOutputs.offset(student) + i] += sign * weight * scale * rho * difference;
                loss += (double) weight * difference * difference;
            }
        }
        totals.data()[totals.offset(student) + 1] += (float) (loss / (2.0 * f.cols()));
    }
}
