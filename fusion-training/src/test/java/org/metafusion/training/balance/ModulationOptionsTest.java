package org.metafusion.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.training.balance.ModulationOptions.Scope;

final class ModulationOptionsTest {

    @Test
    void nothingIsModulatedByDefault() {
        assertThat(ModulationOptions.NONE.isActive()).isFalse();
        assertThat(ModulationOptions.NONE.withKind(Modulation.AGM).isActive()).isTrue();
    }

    @Test
    void strengthsAreChecked() {
        assertThatThrownBy(() -> new ModulationOptions(Modulation.OGM, 0, 1, Scope.STEP))
                .isInstanceOf(FusionException.class)
                .hasMessage("Option 'modulation alpha' must be above 0 but is 0.0");
        assertThatThrownBy(() -> new ModulationOptions(Modulation.AGM, 1, -1, Scope.STEP))
                .isInstanceOf(FusionException.class)
                .hasMessage("Option 'modulation cap' must be above 0 but is -1.0");
    }
}
