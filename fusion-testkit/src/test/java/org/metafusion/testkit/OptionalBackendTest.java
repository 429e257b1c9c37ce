package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Availability;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.TensorBackend;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class OptionalBackendTest {

    private final String before = System.getProperty(OptionalBackend.REQUIRE, "");

    /** A backend that can be used or not, and that nobody should open. */
    private record Fake(boolean usable) implements BackendProvider {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Availability probe() {
            return new Availability(usable, "no card; buy one");
        }

        @Override
        public TensorBackend open(BackendConfig config) {
            throw new IllegalStateException("opened");
        }
    }

    @BeforeEach
    void requireAnother() {
        System.setProperty(OptionalBackend.REQUIRE, "another");
    }

    @AfterEach
    void restore() {
        System.setProperty(OptionalBackend.REQUIRE, before);
    }

    @Test
    void whatCanBeUsedIsOpened() {
        assertThatCode(() -> OptionalBackend.require(new Fake(true))).doesNotThrowAnyException();
        assertThatThrownBy(() -> OptionalBackend.open(new Fake(true), 1)).hasMessage("opened");
    }

    @Test
    void whatCannotBeUsedIsSkippedWithTheReason() {
        assertThatThrownBy(() -> OptionalBackend.open(new Fake(false), 1))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("backend 'fake' cannot be used: no card; buy one"
                        + " (-Dfusion.require=fake makes this a failure)");
    }

    @Test
    void whatCannotBeUsedFailsWhereItIsRequired() {
        System.setProperty(OptionalBackend.REQUIRE, "fake");
        assertThatThrownBy(() -> OptionalBackend.open(new Fake(false), 1))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("-Dfusion.require=fake but backend 'fake' cannot be used: no card; buy one");
    }
}
