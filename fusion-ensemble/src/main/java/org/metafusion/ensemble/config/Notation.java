package org.metafusion.ensemble.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/** Values in the notation of a configuration file, on one line. */
final class Notation {

    private static final ConfigRenderOptions ON_ONE_LINE =
            ConfigRenderOptions.concise().setJson(false);

    private Notation() {}

    static String of(Object plain) {
        String text = ConfigValueFactory.fromAnyRef(plain).render(ON_ONE_LINE);
        return plain instanceof Map && !text.startsWith("{") ? "{" + text + "}" : text;
    }
}
