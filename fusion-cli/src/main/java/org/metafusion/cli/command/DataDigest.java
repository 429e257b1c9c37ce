package org.metafusion.cli.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.rows.RowValues;

/** A number that differs where the ids, groups, targets, modalities or features of rows do. */
final class DataDigest {

    private static final int VALUES_AT_ONCE = 1 << 16;

    private final CRC32 sum = new CRC32();

    private DataDigest() {}

    /** In hexadecimal digits. */
    static String of(MultimodalDataset rows) {
        DataDigest digest = new DataDigest();
        digest.add(rows.task() + "\n" + rows.samples().ids() + "\n" + rows.groups());
        if (rows.targets() instanceof Targets.Labels labels) {
            digest.add(Arrays.toString(labels.labels()));
        } else if (rows.targets() instanceof Targets.Values values) {
            digest.add(Arrays.toString(values.values()));
        }
        rows.samples().tables().forEach(digest::add);
        return Long.toHexString(digest.sum.getValue());
    }

    private void add(String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(FeatureTable table) {
        add(table.modality() + " without " + table.missing());
        RowValues values = table.rowValues();
        int atOnce = Math.max(1, VALUES_AT_ONCE / Math.max(1, values.width()));
        float[] block = new float[Math.min(atOnce, values.rows()) * values.width()];
        ByteBuffer bytes = ByteBuffer.allocate(block.length * Float.BYTES);
        for (int row = 0; row < values.rows(); row += atOnce) {
            int count = Math.min(atOnce, values.rows() - row);
            values.copy(row, count, block, 0);
            bytes.asFloatBuffer().put(block, 0, count * values.width());
            sum.update(bytes.array(), 0, count * values.width() * Float.BYTES);
        }
    }
}
