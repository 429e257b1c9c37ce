package org.metafusion.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Scripts and styles on the class path: the page's own, and those of webjars. */
final class Library {

    private Library() {}

    /** A file beside this class. */
    static String own(String name) {
        return read(Library.class.getResourceAsStream(name), name);
    }

    /** The minified script of a webjar of the group {@code org.webjars}, of the version that is there. */
    static String script(String artifact) {
        String about = "/META-INF/maven/org.webjars/" + artifact + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = open(Library.class.getResourceAsStream(about), about)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = "/META-INF/resources/webjars/" + artifact + "/" + properties.getProperty("version") + "/"
                + artifact + ".min.js";
        String script = read(Library.class.getResourceAsStream(path), path);
        // Within a page a script ends where this stands, wherever that is; in JavaScript both spellings mean the same.
        return script.replace("</script", "<\\/script");
    }

    private static String read(@org.jspecify.annotations.Nullable InputStream resource, String name) {
        try (InputStream in = open(resource, name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(@org.jspecify.annotations.Nullable InputStream in, String name) {
        if (in == null) {
            throw new IllegalStateException("'" + name + "' is not on the class path; add the jar that has it");
        }
        return in;
    }
}
