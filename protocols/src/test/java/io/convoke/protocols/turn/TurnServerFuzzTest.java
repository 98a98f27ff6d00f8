package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clients, one over UDP and one over TCP, do what the input says. Nothing is thrown, and in the end nothing is held. */
class TurnServerFuzzTest {
    private static final int[] TYPES = {
        StunType.BINDING_REQUEST,
        StunType.ALLOCATE_REQUEST,
        StunType.REFRESH_REQUEST,
        StunType.CREATE_PERMISSION_REQUEST,
        StunType.CHANNEL_BIND_REQUEST,
        StunType.CONNECT_REQUEST,
        StunType.CONNECTION_BIND_REQUEST,
        StunType.SEND_INDICATION
    };
    private static final int[] ATTRIBUTES = {
        StunAttribute.REQUESTED_TRANSPORT,
        StunAttribute.LIFETIME,
        StunAttribute.XOR_PEER_ADDRESS,
        StunAttribute.CHANNEL_NUMBER,
        StunAttribute.DATA,
        StunAttribute.EVEN_PORT,
        StunAttribute.RESERVATION_TOKEN,
        StunAttribute.REQUESTED_ADDRESS_FAMILY,
        StunAttribute.ADDITIONAL_ADDRESS_FAMILY,
        StunAttribute.MOBILITY_TICKET,
        StunAttribute.CONNECTION_ID,
        StunAttribute.DONT_FRAGMENT,
        StunAttribute.PASSWORD_ALGORITHM,
        0x7001
    };
    private static final byte[][] VALUES = {
        {},
        {0},
        {(byte) 0x80},
        TestClient.UDP,
        TestClient.TCP,
        TestClient.IPV4,
        TestClient.IPV6,
        {0, 0, 0, 0},
        {0x40, 0, 0, 0},
        {0x40, 1, 0, 0},
        {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
        new byte[8],
        new byte[16],
        {0, 1, 0x3A, 0x4A, (byte) 0xEA, 0x12, (byte) 0xD5, 0x47},
        {0, 1, 0x3A, 0x4B, (byte) 0xEA, 0x12, (byte) 0xD5, 0x47}
    };

    /** Reads choices off the input, zero behind its end. */
    private static final class Choices {
        private final byte[] input;
        private int at;

        Choices(byte[] input) {
            this.input = input;
        }

        boolean areLeft() {
            return at < input.length;
        }

        int below(int bound) {
            return areLeft() ? (input[at++] & 0xFF) % bound : 0;
        }

        byte[] bytes(int length) {
            byte[] taken = Arrays.copyOfRange(input, Math.min(at, input.length), Math.min(at + length, input.length));
            at += length;
            return taken;
        }
    }

    @FuzzTest
    void shouldSurviveAnyBytes(byte[] input) {
        TestRelay relay = new TestRelay();
        TestClient[] clients = clients(relay);
        Choices choices = new Choices(input);
        while (choices.areLeft()) {
            TestClient client = clients[choices.below(2)];
            relay.handle(client.client, choices.bytes(choices.below(256)));
        }
        end(relay, clients);
    }

    @FuzzTest
    void shouldSurviveAnyRequestsOfUsers(byte[] input) {
        run(new Choices(input));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldSurviveRandomRequestsOfUsers(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] input = new byte[random.nextInt(1500)];
            random.nextBytes(input);
            run(new Choices(input));
        }
    }

    private static void run(Choices choices) {
        TestRelay relay = new TestRelay();
        TestClient[] clients = clients(relay);
        for (TestClient client : clients) {
            client.allocate();
        }
        while (choices.areLeft()) {
            TestClient client = clients[choices.below(2)];
            switch (choices.below(8)) {
                case 0 -> relay.pass(choices.below(200));
                case 1 -> relay.failures.add(OpenFailure.values()[choices.below(3)]);
                case 2 -> relay.server.peerConnected(relay.nowNanos, connectionId(relay, choices));
                case 3 -> relay.server.connectionClosed(relay.nowNanos, connectionId(relay, choices));
                default -> relay.handle(client.client, request(client, choices));
            }
            relay.drain();
        }
        end(relay, clients);
    }

    private static TestClient[] clients(TestRelay relay) {
        return new TestClient[] {
            relay.client(), relay.client(Transport.TCP, "192.0.2.8", 1).as("bob", "builder")
        };
    }

    private static int connectionId(TestRelay relay, Choices choices) {
        var asked = relay.all(TurnOutput.ConnectPeer.class);
        return asked.isEmpty()
                ? choices.below(256)
                : asked.get(choices.below(asked.size())).connectionId();
    }

    private static byte[] request(TestClient client, Choices choices) {
        StunWriter writer = StunWriter.begin(TYPES[choices.below(TYPES.length)], client.newTransactionId());
        for (int i = choices.below(5); i > 0; i--) {
            int type = ATTRIBUTES[choices.below(ATTRIBUTES.length)];
            int value = choices.below(VALUES.length + 4);
            writer.attribute(type, value < VALUES.length ? VALUES[value] : choices.bytes(choices.below(24)));
        }
        return client.sign(writer);
    }

    private static void end(TestRelay relay, TestClient[] clients) {
        relay.server.clientGone(relay.nowNanos, clients[1].client);
        relay.drain();
        relay.pass(4000);
        relay.assertNothingHeld();
        assertThat(clients[0].client.allocation()).isNull();
    }
}
