package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server with an owner that has no sockets: ports are numbers, time is a number, and what goes out is kept. */
final class TestRelay {
    static final TransportAddress ADDRESS = address("198.51.100.1", 3478);
    static final TransportAddress OTHER = address("198.51.100.2", 3479);
    static final TransportAddress PEER = address("203.0.113.5", 7000);
    static final TransportAddress PEER6 = address("2001:db8::5", 7000);
    private static final TransportAddress RELAYED = address("198.51.100.9", 0);
    private static final TransportAddress RELAYED6 = address("2001:db8:9::9", 0);

    record Port(TransportAddress relayed) implements RelayPort {}

    final TestPolicy policy = new TestPolicy();
    final NonceKeys nonceKeys = new NonceKeys(new byte[32]);
    final TurnServer server;
    final List<TurnOutput> outputs = new ArrayList<>();
    final Set<RelayPort> open = new HashSet<>();
    final ArrayDeque<OpenFailure> failures = new ArrayDeque<>();
    final List<TurnOutput.OpenRelay> delayed = new ArrayList<>();
    boolean delaysOpening;
    long nowNanos = Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(3); // the clock overflows in every test
    private int nextPort = 50_000;

    TestRelay() {
        this(TurnSettings.of(TestPolicy.REALM));
    }

    TestRelay(TurnSettings settings) {
        this(settings, 0, 1);
    }

    TestRelay(TurnSettings settings, int shard, int shards) {
        server = new TurnServer(settings, policy, nonceKeys, new Random(1), shard, shards);
    }

    static TransportAddress address(String ip, int port) {
        return TransportAddress.of(new InetSocketAddress(ip, port));
    }

    TestClient client(Transport transport, String ip, int port) {
        TurnListener listener = new TurnListener(transport.ordinal(), transport, ADDRESS, null);
        return new TestClient(this, new Client(listener, address(ip, port)));
    }

    TestClient client() {
        return client(Transport.UDP, "192.0.2.7", 4000);
    }

    void handle(Client from, byte[] bytes) {
        server.handlePacket(nowNanos, from, bytes, 0, bytes.length);
        drain();
    }

    /** Lets time pass, deadline by deadline. */
    void pass(long seconds) {
        long end = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        while (server.deadlineNanos() != Long.MAX_VALUE && server.deadlineNanos() - end <= 0) {
            if (server.deadlineNanos() - nowNanos > 0) {
                nowNanos = server.deadlineNanos();
            }
            server.handleTimeout(nowNanos);
            drain();
        }
        nowNanos = end;
    }

    void drain() {
        for (TurnOutput output = server.poll(); output != null; output = server.poll()) {
            outputs.add(output);
            if (output instanceof TurnOutput.OpenRelay opening) {
                if (delaysOpening) {
                    delayed.add(opening);
                } else {
                    open(opening);
                }
            } else if (output instanceof TurnOutput.CloseRelay closing) {
                assertThat(open.remove(closing.port())).as("an open port").isTrue();
            }
        }
    }

    void open(TurnOutput.OpenRelay opening) {
        OpenFailure failure = failures.poll();
        if (failure != null) {
            server.openFailed(nowNanos, opening, failure);
        } else if (opening.reserved() != null) {
            server.opened(nowNanos, opening, opening.reserved(), null);
        } else {
            nextPort += opening.even() ? nextPort % 2 : 0;
            RelayPort port = newPort(opening.family());
            server.opened(nowNanos, opening, port, opening.reserveNext() ? newPort(opening.family()) : null);
        }
    }

    private RelayPort newPort(AddressFamily family) {
        RelayPort port = new Port((family == AddressFamily.IPV4 ? RELAYED : RELAYED6).withPort(nextPort++));
        open.add(port);
        return port;
    }

    /** All of a kind that went out. */
    <T extends TurnOutput> List<T> all(Class<T> kind) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The last of a kind. */
    <T extends TurnOutput> T last(Class<T> kind) {
        List<T> all = all(kind);
        assertThat(all).isNotEmpty();
        return all.get(all.size() - 1);
    }

    /** The last message a client was sent; null: none. */
    @Nullable
    StunMessage lastTo(Client client) {
        for (int i = outputs.size() - 1; i >= 0; i--) {
            if (outputs.get(i) instanceof TurnOutput.Reply reply && reply.to() == client) {
                return StunMessage.parse(reply.message(), 0, reply.message().length);
            }
        }
        return null;
    }

    void forget() {
        outputs.clear();
    }

    void assertNothingHeld() {
        assertThat(open).isEmpty();
        assertThat(policy.leases).isZero();
        assertThat(server.allocations()).isEmpty();
        assertThat(server.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(server.counters().allocated).isEqualTo(server.counters().freed);
    }
}
