import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.metafusion.core.modality.Modality;
import org.metafusion.sql.FeaturePlace;
import org.metafusion.sql.RowHeads;
import org.metafusion.sql.TableMapping;
import org.metafusion.sql.TableSource;

/**
 * How fast the file of {@code LargeTable} is read, in bytes of float32 features: block by block as for a prediction
 * ({@code stream}), or as for a fit into a temporary file ({@code file}) or the heap ({@code heap}).
 *
 * <pre>
 * java -Xmx1g -cp 'fusion-cli/target/lib/*' bench/ReadRate.java big.parquet stream 3
 * java -Xmx4g -cp 'fusion-cli/target/lib/*' bench/ReadRate.java big.parquet file 2
 * </pre>
 */
public final class ReadRate {

    private static final int BLOCK = 10_922;

    private ReadRate() {}

    public static void main(String[] arguments) {
        for (int run = 0; run < Integer.parseInt(arguments[2]); run++) {
            long start = System.nanoTime();
            long busy = processorNanos();
            long values = arguments[1].equals("stream")
                    ? stream(Path.of(arguments[0]))
                    : features(Path.of(arguments[0]), FeaturePlace.parse("the second argument", arguments[1]));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%s: %d values in %.1f s, %.0f MB/s; %.1f s of processors%n",
                    arguments[1], values, seconds, values * 4 / seconds / 1e6, (processorNanos() - busy) / 1e9);
        }
    }

    private static long stream(Path file) {
        AtomicLong values = new AtomicLong();
        List<Modality> modalities = List.of(Modality.of("image", 768), Modality.of("text", 768));
        try (TableSource table = TableSource.open(TableMapping.of(file), modalities)) {
            table.stream(
                    BLOCK,
                    block -> block.tables()
                            .forEach(features -> values.addAndGet(features.rowValues().size())));
        }
        return values.get();
    }

    private static long features(Path file, FeaturePlace place) {
        try (TableSource table = TableSource.open(TableMapping.of(file).withPlace(place))) {
            RowHeads heads = table.heads();
            BitSet train = new BitSet();
            for (int row = 0; row < heads.ids().size(); row++) {
                train.set(row, heads.splits().get(row).equals("train"));
            }
            return table.features(heads.ids(), train).train().tables().stream()
                            .mapToLong(features -> features.rowValues().size())
                            .sum()
                    * heads.ids().size()
                    / train.cardinality();
        }
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
