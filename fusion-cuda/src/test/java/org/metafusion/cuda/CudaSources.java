package org.metafusion.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One version of the kernels' source files.
 *
 * @param name names what is built from it
 * @param files content by file name
 */
record CudaSources(String name, Map<String, String> files) {

    /** The files of {@code src/main/cuda}. */
    static CudaSources main() {
        return in(module().resolve("src/main/cuda"));
    }

    /** All sources in a folder. */
    static CudaSources in(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(path -> path.toString().matches(".*\\.(cuh?|hpp|cpp)"))
                    .toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CudaSources("kernels", files);
    }

    /** These sources with one piece of text replaced where it stands for the first time. */
    CudaSources with(String newName, String file, String text, String replacement) {
        String content = files.getOrDefault(file, "");
        int at = content.indexOf(text);
        if (at < 0) {
            throw new IllegalArgumentException(file + " does not contain: " + text);
        }
        Map<String, String> changed = new TreeMap<>(files);
        changed.put(file, content.substring(0, at) + replacement + content.substring(at + text.length()));
        return new CudaSources(newName, changed);
    }

    /** The names of all kernels. */
    List<String> kernels() {
        Pattern kernel = Pattern.compile("extern \"C\" __global__ void (?:__launch_bounds__\\(.*?\\) )?(\\w+)\\(");
        return files.values().stream()
                .flatMap(content -> kernel.matcher(content).results())
                .map(match -> match.group(1))
                .toList();
    }

    /** SHA-256 over names and contents. */
    String hash() {
        StringBuilder all = new StringBuilder();
        files.forEach((file, content) -> all.append(file).append('\n').append(content));
        return sha256(all.toString());
    }

    /** A folder that holds exactly these files. */
    Path unpacked() {
        try {
            Path folder = Files.createDirectories(module().resolve("target/cuda-on-cpu/" + hash().substring(0, 16)));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    static Path testFolder() {
        return module().resolve("src/test/cuda");
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
