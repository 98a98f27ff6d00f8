package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import io.convoke.protocols.wire.BigEndian;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A TURN client on a bad network: one transaction at a time, sent again until it is answered (RFC 8489 §6.2.1), and numbered packets. */
final class SimulatedClient implements SimulatedNetwork.Host {
    private static final long RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int CHANNEL = 0x4000;

    private record Step(int type, UnaryOperator<StunWriter> attributes, Consumer<StunMessage> then) {}

    private final SimulatedNetwork network;
    private final TestClient messages;
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private final Set<Integer> received = new HashSet<>();
    private TransportAddress address;
    private @Nullable TransportAddress relayed;
    private @Nullable TransportAddress peer;
    private byte @Nullable [] request;
    private byte @Nullable [] ticket;
    private boolean gone;
    private int sent;
    int errors;

    SimulatedClient(SimulatedNetwork network, String ip) {
        this.network = network;
        address = TestRelay.address(ip, 4000);
        messages = network.relay.client(Transport.UDP, ip, 4000);
        network.join(address, this);
    }

    void allocate() {
        enqueue(
                StunType.ALLOCATE_REQUEST,
                w -> TestClient.udp(w).attribute(StunAttribute.MOBILITY_TICKET, new byte[0]),
                answer -> {
                    InetSocketAddress at = answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS);
                    relayed = at == null ? null : TransportAddress.of(at);
                    ticket = answer.attribute(StunAttribute.MOBILITY_TICKET);
                });
    }

    void talkTo(TransportAddress other) {
        peer = other;
        bind();
        refresh();
        say();
    }

    /** Goes on from another address. */
    void move(String ip) {
        address = TestRelay.address(ip, 4000);
        network.join(address, this);
        enqueue(
                StunType.REFRESH_REQUEST,
                w -> w.attribute(StunAttribute.MOBILITY_TICKET, ticket),
                answer -> ticket = answer.attribute(StunAttribute.MOBILITY_TICKET));
    }

    void delete() {
        gone = true;
        enqueue(StunType.REFRESH_REQUEST, w -> w.number(StunAttribute.LIFETIME, 0), answer -> {});
    }

    void vanish() {
        gone = true;
    }

    @Nullable
    TransportAddress relayed() {
        return relayed;
    }

    int sent() {
        return sent;
    }

    int received() {
        return received.size();
    }

    private void bind() {
        if (!gone && peer != null) {
            enqueue(StunType.CHANNEL_BIND_REQUEST, w -> TestClient.channel(w, CHANNEL, peer), answer -> {});
            network.after(TimeUnit.SECONDS.toNanos(200), this::bind);
        }
    }

    private void refresh() {
        if (!gone) {
            enqueue(StunType.REFRESH_REQUEST, w -> w, answer -> {});
            network.after(TimeUnit.SECONDS.toNanos(400), this::refresh);
        }
    }

    private void say() {
        if (!gone) {
            byte[] message = new byte[8];
            ChannelData.writeHeader(message, 0, CHANNEL, 4);
            BigEndian.put32(message, 4, ++sent);
            network.send(address, TestRelay.ADDRESS, message);
            network.after(TimeUnit.MILLISECONDS.toNanos(250), this::say);
        }
    }

    private void enqueue(int type, UnaryOperator<StunWriter> attributes, Consumer<StunMessage> then) {
        steps.add(new Step(type, attributes, then));
        if (steps.size() == 1) {
            begin();
        }
    }

    private void begin() {
        Step step = steps.peek();
        if (step != null) {
            byte[] bytes = messages.request(step.type(), step.attributes());
            request = bytes;
            transmit(bytes, 1);
        }
    }

    private void transmit(byte[] bytes, int attempt) {
        if (request == bytes && attempt <= 7) {
            network.send(address, TestRelay.ADDRESS, bytes);
            network.after(RTO_NANOS << (attempt - 1), () -> transmit(bytes, attempt + 1));
        } else if (request == bytes) {
            begin(); // a fresh transaction
        }
    }

    @Override
    public void receive(TransportAddress from, byte[] bytes) {
        if (ChannelData.number(bytes, 0, bytes.length) == CHANNEL) {
            received.add(BigEndian.i32(bytes, 4));
            return;
        }
        StunMessage message = StunMessage.parse(bytes, 0, bytes.length);
        if (message == null || message.type() == StunType.DATA_INDICATION) {
            return;
        }
        byte[] asked = request;
        Step step = steps.peek();
        boolean awaited = asked != null && step != null && Arrays.equals(asked, 8, 20, message.transactionId(), 0, 12);
        if (awaited) {
            settle(step, message);
        }
    }

    private void settle(Step step, StunMessage answer) {
        request = null;
        if (answer.errorCode() == 401 || answer.errorCode() == 438) {
            messages.learn(answer);
        } else {
            boolean deleted = gone && answer.errorCode() == 437; // deleted already, the answer got lost
            errors += answer.errorCode() < 0 || deleted ? 0 : 1;
            steps.remove();
            step.then().accept(answer);
        }
        begin();
    }
}
