package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Members;

final class TableTest {

    private static Table table(long... matrices) {
        return Table.of(Members.all(matrices.length), 4096, matrices);
    }

    @Test
    void constantDistancesAreAStride() {
        assertThat(table(512, 768, 1024).stride()).isEqualTo(256);
        assertThat(table(512, 768).stride()).isEqualTo(256);
    }

    @Test
    void oneMatrixForAllHasStrideZero() {
        assertThat(table(512, 512, 512).stride()).isZero();
        assertThat(table(512).stride()).isZero();
    }

    @Test
    void differentOrFallingDistancesAreNoStride() {
        assertThat(table(512, 768, 1028).stride()).isEqualTo(Table.IRREGULAR);
        assertThat(table(512, 512, 1024).stride()).isEqualTo(Table.IRREGULAR);
        assertThat(table(1024, 768, 512).stride()).isEqualTo(Table.IRREGULAR);
    }

    @Test
    void laterEntriesLieEightBytesApart() {
        assertThat(table(512, 768, 1024).addressFrom(2)).isEqualTo(4096 + 16);
    }

    /** Products take the fast way only where all three operands have strides, which count floats and not bytes. */
    @Test
    void productsAreStridedWhereAllOperandsAre() {
        Products products = new Products();
        products.a.of(table(512, 512, 512), 1);
        products.b.of(table(512, 768, 1024), 1);
        products.c.of(table(4096, 8192, 12288), 1);
        assertThat(products.isStrided()).isTrue();
        assertThat(products.a.stride()).isZero();
        assertThat(products.b.stride()).isEqualTo(64);
        assertThat(products.b.first()).isEqualTo(768);
        assertThat(products.b.addresses()).isEqualTo(4096 + 8);

        products.b.of(table(512, 768, 1028), 0);
        assertThat(products.isStrided()).isFalse();
    }
}
