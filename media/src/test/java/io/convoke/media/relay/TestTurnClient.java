package io.convoke.media.relay;

import static java.util.Objects.requireNonNull;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A TURN client on one plain socket, which waits for each answer. */
final class TestTurnClient implements AutoCloseable {
    static final byte[] UDP = {17, 0, 0, 0};
    static final byte[] IPV6 = {2, 0, 0, 0};
    static final int CHANNEL = 0x4001;
    private static final int TIMEOUT_MILLIS = 5_000;
    static final int NO_ERROR = -1;
    private static final int HEADER_BYTES = 4;

    /** What a Data indication carries. */
    record Data(InetSocketAddress peer, byte[] bytes) {}

    private final TestWire wire;
    private final Queue<byte[]> early = new ArrayDeque<>();
    private final Random random = new Random();
    private final StunIntegrity integrity = new StunIntegrity();
    private byte @Nullable [] nonce;
    private byte[] offered = new byte[0];
    private byte @Nullable [] ticket;

    /** Over UDP. */
    TestTurnClient(InetSocketAddress server) throws IOException {
        this(new TestWire.Udp(server));
    }

    TestTurnClient(TestWire wire) throws IOException {
        this.wire = wire;
        wire.timeout(TIMEOUT_MILLIS);
    }

    InetSocketAddress local() {
        return wire.local();
    }

    TestWire wire() {
        return wire;
    }

    InetSocketAddress allocate() throws IOException {
        return allocate(request -> request);
    }

    /** Of the address's family. */
    InetSocketAddress allocateLike(InetAddress address) throws IOException {
        return address instanceof Inet6Address
                ? allocate(request -> request.attribute(StunAttribute.REQUESTED_ADDRESS_FAMILY, IPV6))
                : allocate();
    }

    InetSocketAddress allocate(UnaryOperator<StunWriter> more) throws IOException {
        StunMessage answer = ask(
                StunType.ALLOCATE_REQUEST,
                request -> more.apply(request.attribute(StunAttribute.REQUESTED_TRANSPORT, UDP)));
        if (answer.errorCode() != NO_ERROR) {
            throw new IOException("Expected an allocation, but got error " + answer.errorCode());
        }
        ticket = answer.attribute(StunAttribute.MOBILITY_TICKET);
        return requireNonNull(answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS));
    }

    byte[] ticket() {
        return requireNonNull(ticket);
    }

    int permit(InetAddress peer) throws IOException {
        return ask(
                        StunType.CREATE_PERMISSION_REQUEST,
                        request -> request.xorAddress(StunAttribute.XOR_PEER_ADDRESS, new InetSocketAddress(peer, 0)))
                .errorCode();
    }

    int bind(int channel, InetSocketAddress peer) throws IOException {
        return ask(
                        StunType.CHANNEL_BIND_REQUEST,
                        request -> request.number(StunAttribute.CHANNEL_NUMBER, (long) channel << 16)
                                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer))
                .errorCode();
    }

    StunMessage refresh(int lifetimeSeconds) throws IOException {
        return ask(StunType.REFRESH_REQUEST, request -> request.number(StunAttribute.LIFETIME, lifetimeSeconds));
    }

    /** Sends a request, again with credentials if it has to be, and gives the answer. */
    StunMessage ask(int type, UnaryOperator<StunWriter> attributes) throws IOException {
        StunMessage answer = exchange(type, attributes);
        if (answer.errorCode() == 401 || answer.errorCode() == 438) {
            nonce = answer.attribute(StunAttribute.NONCE);
            byte[] list = answer.attribute(StunAttribute.PASSWORD_ALGORITHMS);
            offered = list == null ? new byte[0] : list;
            answer = exchange(type, attributes);
        }
        return answer;
    }

    private StunMessage exchange(int type, UnaryOperator<StunWriter> attributes) throws IOException {
        byte[] transactionId = new byte[12];
        random.nextBytes(transactionId);
        StunWriter writer = attributes.apply(StunWriter.begin(type, transactionId));
        if (nonce != null) {
            writer = writer.text(StunAttribute.USERNAME, TestPolicy.USER)
                    .text(StunAttribute.REALM, TestPolicy.REALM)
                    .attribute(StunAttribute.NONCE, nonce);
            if (offered.length > 0) {
                writer = writer.attribute(StunAttribute.PASSWORD_ALGORITHMS, offered)
                        .attribute(StunAttribute.PASSWORD_ALGORITHM, new byte[] {0, 2, 0, 0});
            }
            writer = offered.length > 0
                    ? writer.messageIntegritySha256(integrity, key(PasswordAlgorithm.SHA256))
                    : writer.messageIntegrity(integrity, key(PasswordAlgorithm.MD5));
        }
        send(writer.finish());
        while (true) {
            byte[] bytes = receive();
            StunMessage answer = StunMessage.parse(bytes, 0, bytes.length);
            if (answer != null && Arrays.equals(answer.transactionId(), transactionId)) {
                return answer;
            }
            early.add(bytes);
        }
    }

    private static byte[] key(PasswordAlgorithm algorithm) {
        return algorithm.key(TestPolicy.USER, TestPolicy.REALM, TestPolicy.PASSWORD);
    }

    void sendChannel(int channel, byte[] data) throws IOException {
        send(channelData(channel, data));
    }

    static byte[] channelData(int channel, byte[] data) {
        byte[] message = new byte[HEADER_BYTES + data.length];
        message[0] = (byte) (channel >>> 8);
        message[1] = (byte) channel;
        message[2] = (byte) (data.length >>> 8);
        message[3] = (byte) data.length;
        System.arraycopy(data, 0, message, HEADER_BYTES, data.length);
        return message;
    }

    void sendIndication(InetSocketAddress peer, byte[] data, boolean dontFragment) throws IOException {
        StunWriter writer = StunWriter.begin(StunType.SEND_INDICATION, new byte[12])
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer)
                .attribute(StunAttribute.DATA, data);
        send((dontFragment ? writer.flag(StunAttribute.DONT_FRAGMENT) : writer).finish());
    }

    /** The next message, which is to be ChannelData of this channel. */
    byte[] receiveChannel(int channel) throws IOException {
        byte[] bytes = next();
        int number = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        int length = (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        if (number != channel || length != bytes.length - HEADER_BYTES) {
            throw new IOException("Expected channel " + channel + ", but got " + number + " with " + length + " of "
                    + (bytes.length - HEADER_BYTES) + " bytes");
        }
        return Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
    }

    /** The next message, which is to be a Data indication. */
    Data receiveIndication() throws IOException {
        byte[] bytes = next();
        StunMessage message = requireNonNull(StunMessage.parse(bytes, 0, bytes.length), "not STUN");
        if (message.type() != StunType.DATA_INDICATION) {
            throw new IOException("Expected a Data indication, but got " + message.type());
        }
        return new Data(
                requireNonNull(message.xorAddress(StunAttribute.XOR_PEER_ADDRESS)),
                requireNonNull(message.attribute(StunAttribute.DATA)));
    }

    /** The next message, which is to be STUN. */
    StunMessage receiveMessage() throws IOException {
        byte[] bytes = next();
        return requireNonNull(StunMessage.parse(bytes, 0, bytes.length), "not STUN");
    }

    /** Whether nothing comes for a moment. */
    boolean hearsNothing() throws IOException {
        wire.timeout(100);
        try {
            next();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            wire.timeout(TIMEOUT_MILLIS);
        }
    }

    void send(byte[] bytes) throws IOException {
        wire.send(bytes);
    }

    private byte[] next() throws IOException {
        byte[] bytes = early.poll();
        return bytes == null ? receive() : bytes;
    }

    private byte[] receive() throws IOException {
        return wire.receive();
    }

    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
