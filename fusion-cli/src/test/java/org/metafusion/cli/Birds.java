package org.metafusion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** A small data folder of two modalities: 60 train and 20 test rows. */
public final class Birds {

    static final int ROWS = 80;
    private static final int TRAIN = 60;

    private final Path folder;

    private Birds(Path folder) {
        this.folder = folder;
    }

    /** Three classes that both modalities show; odd test rows lack the text. */
    public static Birds classes(Path folder) {
        return new Birds(folder).write(true);
    }

    /** A value that both modalities show. */
    public static Birds values(Path folder) {
        return new Birds(folder).write(false);
    }

    /** The same with a text for the test rows that lack one. */
    public Birds complete() {
        StringBuilder text = new StringBuilder(content("text.csv"));
        for (int row = TRAIN + 1; row < ROWS; row += 2) {
            text.append('b')
                    .append(row)
                    .append(numbers(9, -(row % 3), new SplittableRandom(row)))
                    .append('\n');
        }
        return with("text.csv", text.toString());
    }

    /** The same without the texts of every fourth train row. */
    public Birds lackingText() {
        String text = content("text.csv");
        for (int row = 0; row < TRAIN; row += 4) {
            text = text.replaceAll("\nb" + row + ",.*", "");
        }
        return with("text.csv", text);
    }

    public Path path() {
        return folder;
    }

    private Birds write(boolean classes) {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder labels = new StringBuilder("id,label,split\n");
        StringBuilder image = new StringBuilder("id,p,q,r,s,t,u,v,w,x,y,z\n");
        StringBuilder text = new StringBuilder("id,a,b,c,d,e,f,g,h,i\n");
        for (int row = 0; row < ROWS; row++) {
            String id = "b" + row;
            int kind = row % 3;
            labels.append(id)
                    .append(',')
                    .append(classes ? "kind" + kind : String.format(Locale.ROOT, "%.3f", kind + random.nextDouble()))
                    .append(row < TRAIN ? ",train\n" : ",test\n");
            image.append(id).append(numbers(11, kind, random)).append('\n');
            if (row < TRAIN || row % 2 == 0) {
                text.append(id).append(numbers(9, -kind, random)).append('\n');
            }
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return with("labels.csv", labels.toString())
                .with("image.csv", image.toString())
                .with("text.csv", text.toString());
    }

    private static String numbers(int count, int shift, SplittableRandom random) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            numbers.append(String.format(Locale.ROOT, ",%.4f", shift * (i % 2) + random.nextDouble()));
        }
        return numbers.toString();
    }

    /** With a file of this content, in place of what was there. */
    public Birds with(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content, StandardCharsets.UTF_8);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Birds without(String file) {
        try {
            Files.delete(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String content(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
