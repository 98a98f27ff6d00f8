package io.convoke.node.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One client of a relay, on one 5-tuple. Every question waits for its answer, and is an {@link AssertionError} when none comes. One thread at a time. */
public final class TurnClient implements AutoCloseable {
    /** A lifetime's four bytes, and the numbers of REQUESTED-TRANSPORT and REQUESTED-ADDRESS-FAMILY. */
    public static final byte[] UDP = {17, 0, 0, 0};

    public static final byte[] TCP = {6, 0, 0, 0};
    public static final byte[] IPV4 = {1, 0, 0, 0};
    public static final byte[] IPV6 = {2, 0, 0, 0};
    private static final Duration ANSWER = Duration.ofMillis(700);
    private static final int TRIES = 12;

    private final TurnPipe pipe;
    private final TurnLogin login;
    private final Deque<byte[]> kept = new ArrayDeque<>();
    private @Nullable String realm;
    private @Nullable String nonce;
    private @Nullable InetSocketAddress relayed;

    private TurnClient(TurnPipe pipe, TurnLogin login) {
        this.pipe = pipe;
        this.login = login;
    }

    public static TurnClient udp(InetSocketAddress relay, TurnLogin login) {
        InetAddress wildcard = new InetSocketAddress(0).getAddress();
        return udp(new InetSocketAddress(wildcard, 0), relay, login);
    }

    /** From this address and port. */
    public static TurnClient udp(InetSocketAddress local, InetSocketAddress relay, TurnLogin login) {
        try {
            return new TurnClient(new UdpPipe(local, relay), login);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static TurnClient tcp(InetSocketAddress relay, TurnLogin login) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(relay, (int) Duration.ofSeconds(10).toMillis());
            return over(socket, login);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** On a connection that is there. */
    public static TurnClient over(Socket socket, TurnLogin login) {
        return new TurnClient(new StreamPipe(socket), login);
    }

    /** An allocation of UDP. */
    public StunMessage allocate() {
        return allocate(UnaryOperator.identity());
    }

    /** An allocation of UDP, asked for with more attributes. */
    public StunMessage allocate(UnaryOperator<StunWriter> more) {
        StunMessage answer = request(
                StunType.ALLOCATE_REQUEST,
                writer -> more.apply(writer.attribute(StunAttribute.REQUESTED_TRANSPORT, UDP)));
        relayed = answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS);
        return answer;
    }

    public StunMessage refresh(long lifetimeSeconds) {
        return request(StunType.REFRESH_REQUEST, writer -> writer.number(StunAttribute.LIFETIME, lifetimeSeconds));
    }

    /** Refreshes with these password algorithms named, without a second try. */
    public StunMessage refreshWith(byte @Nullable [] algorithms, byte @Nullable [] algorithm) {
        return ask(signed(StunType.REFRESH_REQUEST, writer -> {
            if (algorithms != null) {
                writer.attribute(StunAttribute.PASSWORD_ALGORITHMS, algorithms);
            }
            if (algorithm != null) {
                writer.attribute(StunAttribute.PASSWORD_ALGORITHM, algorithm);
            }
            return writer;
        }));
    }

    public StunMessage permit(InetSocketAddress... peers) {
        return request(StunType.CREATE_PERMISSION_REQUEST, writer -> {
            Arrays.stream(peers).forEach(peer -> writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
            return writer;
        });
    }

    public StunMessage bind(int channel, InetSocketAddress peer) {
        return request(
                StunType.CHANNEL_BIND_REQUEST,
                writer -> writer.number(StunAttribute.CHANNEL_NUMBER, (long) channel << 16)
                        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
    }

    public void sendTo(int channel, byte[] data) {
        byte[] message = new byte[4 + data.length];
        message[0] = (byte) (channel >> 8);
        message[1] = (byte) channel;
        message[2] = (byte) (data.length >> 8);
        message[3] = (byte) data.length;
        System.arraycopy(data, 0, message, 4, data.length);
        sendRaw(message);
    }

    public void sendTo(InetSocketAddress peer, byte[] data) {
        sendTo(peer, data, UnaryOperator.identity());
    }

    public void sendTo(InetSocketAddress peer, byte[] data, UnaryOperator<StunWriter> more) {
        sendRaw(more.apply(StunWriter.begin(StunType.SEND_INDICATION, transactionId())
                        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer)
                        .attribute(StunAttribute.DATA, data))
                .finish());
    }

    /** What the next ChannelData or Data indication carries; null where none comes in time. */
    public byte @Nullable [] data(Duration bound) {
        byte[] message = message(bound);
        if (message == null) {
            return null;
        }
        if ((message[0] & 0xC0) == 0x40) {
            return Arrays.copyOfRange(message, 4, message.length);
        }
        return parse(message).attribute(StunAttribute.DATA);
    }

    /** The next message that answers no question. */
    public byte @Nullable [] message(Duration bound) {
        byte[] first = kept.poll();
        return first == null ? receive(bound) : first;
    }

    /** Asks with credentials; a new nonce is taken up, and the question asked again with it. */
    public StunMessage request(int type, UnaryOperator<StunWriter> attributes) {
        StunMessage answer = ask(signed(type, attributes));
        for (int again = 0; again < 2 && isChallenge(answer); again++) {
            realm = answer.text(StunAttribute.REALM);
            nonce = answer.text(StunAttribute.NONCE);
            answer = ask(signed(type, attributes));
        }
        return answer;
    }

    /** A request as {@link #request} would send it: with what is known of realm and nonce, and without them before the first challenge. */
    public byte[] signed(int type, UnaryOperator<StunWriter> attributes) {
        StunWriter writer = attributes.apply(StunWriter.begin(type, transactionId()));
        if (realm == null || nonce == null) {
            return writer.finish();
        }
        return writer.text(StunAttribute.USERNAME, login.name())
                .text(StunAttribute.REALM, realm)
                .text(StunAttribute.NONCE, nonce)
                .messageIntegrity(login.key(realm))
                .finish();
    }

    /** Sends this message, again where nothing comes, and waits for the answer to it. */
    public StunMessage ask(byte[] message) {
        byte[] transaction = Arrays.copyOfRange(message, 8, 20);
        for (int tries = 0; tries < TRIES; tries++) {
            sendRaw(message);
            long deadline = System.nanoTime() + ANSWER.toNanos();
            for (long left = ANSWER.toNanos(); left > 0; left = deadline - System.nanoTime()) {
                byte[] received = receive(Duration.ofNanos(left));
                if (received == null) {
                    continue;
                }
                if ((received[0] & 0xC0) == 0 && Arrays.equals(received, 8, 20, transaction, 0, transaction.length)) {
                    return parse(received);
                }
                kept.add(received);
            }
        }
        throw new AssertionError("The relay did not answer " + local());
    }

    public void sendRaw(byte[] message) {
        try {
            pipe.send(message);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** 0 of a success. */
    public static int codeOf(StunMessage answer) {
        return answer.errorCode() < 0 ? 0 : answer.errorCode();
    }

    public static byte[] transactionId() {
        byte[] id = new byte[12];
        ThreadLocalRandom.current().nextBytes(id);
        return id;
    }

    /** As the relay last named it. */
    public String realm() {
        return Objects.requireNonNull(realm, "no challenge yet");
    }

    public String nonce() {
        return Objects.requireNonNull(nonce, "no challenge yet");
    }

    /** Goes on with another nonce, such as an old one. */
    public void setNonce(String nonce) {
        this.nonce = nonce;
    }

    public TurnLogin login() {
        return login;
    }

    public InetSocketAddress local() {
        return pipe.local();
    }

    /** Where peers reach it. */
    public InetSocketAddress relayed() {
        return Objects.requireNonNull(relayed, "no allocation");
    }

    private byte @Nullable [] receive(Duration bound) {
        try {
            return pipe.receive(bound);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isChallenge(StunMessage answer) {
        return (answer.errorCode() == 401 || answer.errorCode() == 438) && answer.has(StunAttribute.NONCE);
    }

    private static StunMessage parse(byte[] message) {
        StunMessage parsed = StunMessage.parse(message, 0, message.length);
        if (parsed == null) {
            throw new AssertionError("Not a STUN message: " + new String(message, StandardCharsets.ISO_8859_1));
        }
        return parsed;
    }

    @Override
    public void close() {
        pipe.close();
    }
}
