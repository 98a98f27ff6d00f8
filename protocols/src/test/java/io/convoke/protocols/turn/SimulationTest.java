package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clients talk through one relay, from one relayed address to the other, while a fifth of all datagrams gets lost. */
class SimulationTest {
    private static final double LOSS = 0.2;
    private static final double REPETITION = 0.1;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 4711, 20_261_125})
    void shouldConvergeRelayAndForget(long seed) {
        // given
        SimulatedNetwork network = new SimulatedNetwork(seed, LOSS, REPETITION);
        SimulatedClient one = new SimulatedClient(network, "192.0.2.1");
        SimulatedClient two = new SimulatedClient(network, "192.0.2.2");
        one.allocate();
        two.allocate();
        network.run(180);
        assertThat(one.relayed()).as("allocated with seed %d", seed).isNotNull();
        assertThat(two.relayed()).as("allocated with seed %d", seed).isNotNull();
        // when: half an hour, through expiring nonces, permissions and channels, and a move in the middle
        one.talkTo(two.relayed());
        two.talkTo(one.relayed());
        network.run(900);
        one.move("192.0.2.101");
        network.run(3000);
        // then: a packet passes three times over the network, and has another chance where it is repeated
        double share = Math.pow(1 - LOSS, 3);
        assertThat(one.received()).as("received with seed %d", seed).isBetween(less(two, share), more(two, share));
        assertThat(two.received()).as("received with seed %d", seed).isBetween(less(one, share), more(one, share));
        assertThat(one.errors + two.errors).as("errors with seed %d", seed).isZero();
        assertThat(network.relay.server.allocations()).hasSize(2);
        assertThat(network.relay.open).hasSize(2);
        // when
        one.delete();
        two.vanish();
        network.run(1200);
        // then
        network.assertForgotten();
    }

    private static int less(SimulatedClient sender, double share) {
        return (int) (sender.sent() * (share - 0.05));
    }

    private static int more(SimulatedClient sender, double share) {
        return (int) (sender.sent() * (share + 0.09));
    }
}
