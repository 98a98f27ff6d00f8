package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A network that loses, repeats and reorders datagrams, between hosts and a relay, in virtual time. */
final class SimulatedNetwork {
    private static final long MAX_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(120);

    interface Host {
        void receive(TransportAddress from, byte[] bytes);
    }

    private record Event(long atNanos, long order, Runnable action) {}

    final TestRelay relay = new TestRelay();
    private final Random random;
    private final double loss;
    private final double repetition;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong((Event event) -> event.atNanos() - Long.MIN_VALUE)
                    .thenComparingLong(Event::order));
    private final Map<TransportAddress, Host> hosts = new HashMap<>();
    private final Map<TransportAddress, Client> clients = new HashMap<>();
    private final Map<TransportAddress, Allocation> relayed = new HashMap<>();
    private final TurnListener listener = new TurnListener(0, Transport.UDP, TestRelay.ADDRESS, null);
    private long order;
    int datagrams;

    SimulatedNetwork(long seed, double loss, double repetition) {
        this.random = new Random(seed);
        this.loss = loss;
        this.repetition = repetition;
        relay.nowNanos = 0;
    }

    long nowNanos() {
        return relay.nowNanos;
    }

    void join(TransportAddress address, Host host) {
        hosts.put(address, host);
    }

    void after(long nanos, Runnable action) {
        events.add(new Event(nowNanos() + nanos, order++, action));
    }

    void send(TransportAddress from, TransportAddress to, byte[] bytes) {
        datagrams++;
        int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < repetition ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            after(1 + (long) (random.nextDouble() * MAX_DELAY_NANOS), () -> arrive(from, to, bytes));
        }
    }

    /** Runs everything that happens in so many seconds. */
    void run(long seconds) {
        long end = nowNanos() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            Event next = events.peek();
            long at = Math.min(next == null ? Long.MAX_VALUE : next.atNanos(), relay.server.deadlineNanos());
            if (at > end) {
                break;
            }
            relay.nowNanos = Math.max(relay.nowNanos, at);
            if (next != null && next.atNanos() <= at) {
                events.remove();
                next.action().run();
            } else {
                relay.server.handleTimeout(relay.nowNanos);
            }
            carryOut();
        }
        relay.nowNanos = end;
    }

    private void arrive(TransportAddress from, TransportAddress to, byte[] bytes) {
        Allocation allocation = relayed.get(to);
        Host host = hosts.get(to);
        if (to.equals(TestRelay.ADDRESS)) {
            fromClient(from, bytes);
        } else if (allocation != null) {
            fromPeer(allocation, from, bytes);
        } else if (host != null) {
            host.receive(from, bytes);
        }
    }

    private void fromClient(TransportAddress from, byte[] bytes) {
        Client client = clients.getOrDefault(from, new Client(listener, from));
        int number = ChannelData.number(bytes, 0, bytes.length);
        if (number < 0) {
            relay.server.handlePacket(nowNanos(), client, bytes, 0, bytes.length);
            return;
        }
        Allocation allocation = client.allocation();
        Channel channel = allocation == null ? null : allocation.channel(number);
        if (channel != null) {
            byte[] data = Arrays.copyOfRange(bytes, 4, 4 + ChannelData.dataLength(bytes, 0));
            send(channel.port().relayed(), channel.peer(), data);
        }
    }

    private void fromPeer(Allocation allocation, TransportAddress peer, byte[] bytes) {
        Channel channel = allocation.channelOf(peer.high(), peer.low(), peer.port());
        if (channel == null) {
            relay.server.fromPeer(nowNanos(), allocation, peer, bytes, 0, bytes.length);
        } else if (channel.permits(nowNanos())) {
            byte[] message = new byte[4 + bytes.length];
            ChannelData.writeHeader(message, 0, channel.number(), bytes.length);
            System.arraycopy(bytes, 0, message, 4, bytes.length);
            send(TestRelay.ADDRESS, allocation.client().address(), message);
        }
    }

    private void carryOut() {
        relay.drain();
        for (TurnOutput output : relay.outputs) {
            if (output instanceof TurnOutput.Reply reply) {
                send(TestRelay.ADDRESS, reply.to().address(), reply.message());
            } else if (output instanceof TurnOutput.ToPeer data) {
                byte[] copy = Arrays.copyOfRange(data.buffer(), data.offset(), data.offset() + data.length());
                send(data.from().relayed(), data.peer(), copy);
            } else if (output instanceof TurnOutput.Allocated made) {
                clients.put(
                        made.allocation().client().address(), made.allocation().client());
                made.allocation().relayPorts().forEach(port -> relayed.put(port.relayed(), made.allocation()));
            } else if (output instanceof TurnOutput.Moving moving) {
                clients.put(moving.to().address(), moving.to());
            } else if (output instanceof TurnOutput.Moved moved) {
                clients.remove(moved.from().address(), moved.from());
            } else if (output instanceof TurnOutput.Freed freed) {
                clients.remove(freed.allocation().client().address());
                relayed.values().remove(freed.allocation());
            }
        }
        relay.outputs.clear();
    }

    void assertForgotten() {
        assertThat(clients).isEmpty();
        assertThat(relayed).isEmpty();
        relay.assertNothingHeld();
    }
}
