package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {
    @Test
    void shouldTellApartPortsOfOneAddress() throws Exception {
        // given
        AddressTable<String> table = new AddressTable<>();
        table.put(address(1, 5000), "a");
        table.put(address(1, 5001), "b");

        // when / then
        assertThat(table.get(address(1, 5000))).isEqualTo("a");
        assertThat(table.get(address(1, 5001))).isEqualTo("b");
        assertThat(table.get(address(2, 5000))).isNull();
    }

    @Test
    void shouldTakeIpv6() throws Exception {
        // given
        AddressTable<String> table = new AddressTable<>();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("2001:db8::17"), 9);

        // when
        table.put(address, "six");

        // then
        assertThat(table.get(address)).isEqualTo("six");
        assertThat(table.get(new InetSocketAddress(InetAddress.getByName("2001:db8::18"), 9)))
                .isNull();
    }

    @Test
    void shouldNotRemoveWhatMeanwhileBelongsToAnother() throws Exception {
        // given
        AddressTable<String> table = new AddressTable<>();
        table.put(address(1, 1), "old");
        table.put(address(1, 1), "new");

        // when
        boolean removed = table.remove(address(1, 1), "old");

        // then
        assertThat(removed).isFalse();
        assertThat(table.get(address(1, 1))).isEqualTo("new");
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldAgreeWithAHashMapOverManyChanges() throws Exception {
        // given
        Random random = new Random(7);
        AddressTable<Integer> table = new AddressTable<>();
        Map<InetSocketAddress, Integer> model = new HashMap<>();

        // when
        for (int i = 0; i < 20_000; i++) {
            InetSocketAddress address = address(random.nextInt(8), 1 + random.nextInt(60));
            Integer known = model.get(address);
            if (random.nextBoolean()) {
                Integer value = i;
                assertThat(table.put(address, value)).isEqualTo(known);
                model.put(address, value);
            } else if (known != null) {
                assertThat(table.remove(address, known)).isTrue();
                model.remove(address);
            }
        }

        // then
        assertThat(table.size()).isEqualTo(model.size());
        model.forEach((address, value) -> assertThat(table.get(address)).isEqualTo(value));
    }

    private static InetSocketAddress address(int last, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), port);
    }
}
