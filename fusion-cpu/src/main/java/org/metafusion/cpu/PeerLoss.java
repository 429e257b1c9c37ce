package org.metafusion.cpu;

import java.util.Arrays;

/*
 * d KL(p_j || p_s) / d logits_s = p_s - p_j (times 1/T, and T^2 in front makes it T), so the gradient of all peers is
 * rho T ((sum_j d[s][j]) p_s - (D P)_s): one weighted sum over the stack of probabilities. A row in which peer j lacks
 * an input drops out of both sums, so each student publishes its probabilities times its weight, and the weight itself
 * beside them. The value needs no loop over pairs either: sum_j d[s][j] KL(p_j || p_s)
 * = sum_j d[s][j] sum_c p_j log p_j - sum_c (D P)_s log p_s, and the first term is published too.
 */
/** What a student learns from its peers: the second part of the mutual losses. */
final class PeerLoss {

    private PeerLoss() {}

    /** Fills this student's rows of the peer stack from its softmax; rows it lacks inputs for become 0. */
    static void publish(Call call, int student, Softmax.Result softmax) {
        CpuTensor weights = call.operand(4);
        CpuTensor peers = call.operand(5);
        float[] to = peers.data();
        int cols = peers.cols() - 2;
        for (int row = 0; row < peers.rows(); row++) {
            int at = peers.offset(student) + row * (cols + 2);
            float weight = weights.data()[weights.offset(student) + row];
            if (weight == 0f) {
                Arrays.fill(to, at, at + cols + 2, 0f);
                continue;
            }
            float entropy = 0f;
            for (int c = 0; c < cols; c++) {
                float p = softmax.probabilities[softmax.probabilitiesAt + row * cols + c];
                to[at + c] = weight * p;
                entropy += p * softmax.logs[softmax.logsAt + row * cols + c];
            }
            to[at + cols] = weight;
            to[at + cols + 1] = weight * entropy;
        }
    }

    static void runClassification(Call call, int student, Workspace workspace) {
        CpuTensor peers = call.operand(5);
        float[] mixture = workspace.floats(peers.area());
        mix(call, student, mixture, workspace.elementwise);
        CpuTensor totals = call.operand(1);
        CpuTensor weights = call.operand(4);
        float temperature = call.scalars[0];
        float scale = call.scalars[1] * temperature * CpuLossKernels.inverseRows(weights, student);
        double divergence = 0;
        for (int row = 0; row < peers.rows(); row++) {
            float weight = weights.data()[weights.offset(student) + row];
            if (weight != 0f) {
                pull(call, student, row, scale, mixture);
                divergence += weight * divergence(call, student, row, mixture);
            }
        }
        totals.data()[totals.offset(student) + 1] += (float) (divergence * temperature * temperature);
    }

    /** The weighted sum of all peers' rows, {@code (D P)_s}. */
    private static void mix(Call call, int student, float[] mixture, Elementwise elementwise) {
        CpuTensor peers = call.operand(5);
        CpuTensor divergence = call.operand(7);
        int area = peers.area();
        int students = peers.members().count();
        int rowAt = divergence.offsetOf(0) + peers.members().indexOf(student) * students;
        Arrays.fill(mixture, 0, area, 0f);
        for (int j = 0; j < students; j++) {
            float d = divergence.data()[rowAt + j];
            if (d != 0f) {
                elementwise.addScaled(mixture, 0, peers.data(), peers.offsetOf(j), area, d);
            }
        }
    }

    private static void pull(Call call, int student, int row, float scale, float[] mixture) {
        CpuTensor dLogits = call.operand(0);
        CpuTensor peers = call.operand(5);
        int cols = dLogits.cols();
        int to = dLogits.offset(student) + row * cols;
        int own = peers.offset(student) + row * (cols + 2);
        int mixed = row * (cols + 2);
        float taught = mixture[mixed + cols];
        for (int c = 0; c < cols; c++) {
            dLogits.data()[to + c] += scale * (taught * peers.data()[own + c] - mixture[mixed + c]);
        }
    }

    private static double divergence(Call call, int student, int row, float[] mixture) {
        CpuTensor logs = call.operand(6);
        int cols = logs.cols();
        int at = logs.offset(student) + row * cols;
        int mixed = row * (cols + 2);
        double cross = 0;
        for (int c = 0; c < cols; c++) {
            cross += (double) mixture[mixed + c] * logs.data()[at + c];
        }
        // A divergence is never negative; the difference of two roundings may be.
        return Math.max(0, mixture[mixed + cols + 1] - cross);
    }

    /** {@code dOutputs += rho 2/(k n_s) sum_j d[s][j] w_j (f_s - f_j)}, pair by pair: differences must not cancel. */
    static void runRegression(Call call, int student, Workspace workspace) {
        CpuTensor totals = call.operand(1);
        CpuTensor outputs = call.operand(5);
        CpuTensor divergence = call.operand(7);
        int students = outputs.members().count();
        int rowAt = divergence.offsetOf(0) + outputs.members().indexOf(student) * students;
        float scale = 2f * call.scalars[1] * CpuLossKernels.inverseRows(call.operand(4), student) / outputs.cols();
        double loss = 0;
        for (int j = 0; j < students; j++) {
            float d = divergence.data()[rowAt + j];
            if (d != 0f) {
                loss += d * pullTowards(call, student, j, d * scale);
            }
        }
        totals.data()[totals.offset(student) + 1] += (float) (loss / outputs.cols());
    }

    /** Adds the gradient of one peer and returns its summed squared differences. */
    private static double pullTowards(Call call, int student, int peer, float scale) {
        CpuTensor dOutputs = call.operand(0);
        CpuTensor outputs = call.operand(5);
        CpuTensor weights = call.operand(6);
        int peerWeights = weights.offset(outputs.members().student(peer));
        int cols = outputs.cols();
        double loss = 0;
        for (int row = 0; row < outputs.rows(); row++) {
            float weight = weights.data()[weights.offset(student) + row] * weights.data()[peerWeights + row];
            if (weight == 0f) {
                continue;
            }
            for (int c = 0; c < cols; c++) {
                int i = row * cols + c;
                float difference =
                        outputs.data()[outputs.offset(student) + i] - outputs.data()[outputs.offsetOf(peer) + i];
                dOutputs.data()[dOutputs.offset(student) + i] += weight * scale * difference;
                loss += (double) weight * difference * difference;
            }
        }
        return loss;
    }
}
