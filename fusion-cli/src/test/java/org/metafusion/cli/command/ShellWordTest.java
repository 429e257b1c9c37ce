package org.metafusion.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "birds.fusion, birds.fusion",
                "/tmp/größe_1, /tmp/größe_1",
                "my birds, 'my birds'",
                "\"image=img_*,label=a\", \"'image=img_*,label=a'\"",
                "it's, 'it'\\''s'"
            })
    void wordsAreQuotedWhereAShellReadsThemOtherwise(String word, String shown) {
        assertThat(ShellWord.of(word)).isEqualTo(shown);
    }
}
