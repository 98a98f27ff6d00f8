package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamTableTest {
    @Test
    void shouldNumberStreamsInTheOrderTheyCome() {
        for (int max : new int[] {1, 2, 3, 4, 64, 1000}) {
            // given
            StreamTable table = new StreamTable(max);
            int[] ssrcs = new Random(max).ints(max).distinct().toArray();
            // then
            for (int i = 0; i < ssrcs.length; i++) {
                assertThat(table.find(ssrcs[i])).isEqualTo(StreamTable.ABSENT);
                assertThat(table.add(ssrcs[i])).isEqualTo(i);
            }
            for (int i = 0; i < ssrcs.length; i++) {
                assertThat(table.find(ssrcs[i])).isEqualTo(i);
            }
            assertThat(table.full()).isEqualTo(ssrcs.length == max);
        }
    }

    @Test
    void shouldKeepSsrcZeroApartFromAFreePlace() {
        StreamTable table = new StreamTable(2);
        assertThat(table.find(0)).isEqualTo(StreamTable.ABSENT);
        assertThat(table.add(0)).isZero();
        assertThat(table.find(0)).isZero();
    }

    @Test
    void shouldRefuseMoreThanItsBound() {
        StreamTable table = new StreamTable(1);
        table.add(1);
        assertThatThrownBy(() -> table.add(2)).isInstanceOf(IllegalStateException.class);
    }
}
