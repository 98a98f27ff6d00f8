package io.convoke.node.system;

import static java.util.Objects.requireNonNull;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A TURN client over UDP that waits for each answer. */
final class RelayClient implements AutoCloseable {
    static final int NO_ERROR = -1;
    private static final byte[] UDP = {17, 0, 0, 0};
    private static final int TIMEOUT_MILLIS = 10_000;

    private final InetSocketAddress server;
    private final String username;
    private final String password;
    private final DatagramSocket socket;
    private final Random random = new Random();
    private @Nullable StunMessage challenge;

    RelayClient(InetSocketAddress server, String username, String password) throws IOException {
        this.server = server;
        this.username = username;
        this.password = password;
        this.socket = new DatagramSocket(0, server.getAddress());
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** The error code, or {@link #NO_ERROR}. */
    int allocate() throws IOException {
        return ask(StunType.ALLOCATE_REQUEST, request -> request.attribute(StunAttribute.REQUESTED_TRANSPORT, UDP));
    }

    int permit(String ip) throws IOException {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName(ip), 0);
        return ask(
                StunType.CREATE_PERMISSION_REQUEST,
                request -> request.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
    }

    /** Binds a channel, which takes the very address and port. */
    int bind(InetSocketAddress peer) throws IOException {
        return ask(
                StunType.CHANNEL_BIND_REQUEST,
                request -> request.number(StunAttribute.CHANNEL_NUMBER, 0x4001L << 16)
                        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
    }

    /** Whether the relay still has the allocation. */
    int refresh() throws IOException {
        return ask(StunType.REFRESH_REQUEST, request -> request.number(StunAttribute.LIFETIME, 600));
    }

    private int ask(int type, UnaryOperator<StunWriter> attributes) throws IOException {
        StunMessage answer = exchange(type, attributes);
        if (answer.errorCode() == 438 || (answer.errorCode() == 401 && challenge == null)) {
            challenge = answer;
            answer = exchange(type, attributes);
        }
        return answer.errorCode();
    }

    private StunMessage exchange(int type, UnaryOperator<StunWriter> attributes) throws IOException {
        byte[] transaction = new byte[12];
        random.nextBytes(transaction);
        StunWriter request = attributes.apply(StunWriter.begin(type, transaction));
        StunMessage known = challenge;
        if (known != null) {
            String realm = requireNonNull(known.text(StunAttribute.REALM));
            request = request.text(StunAttribute.USERNAME, username)
                    .text(StunAttribute.REALM, realm)
                    .attribute(StunAttribute.NONCE, requireNonNull(known.attribute(StunAttribute.NONCE)));
            byte @Nullable [] offered = known.attribute(StunAttribute.PASSWORD_ALGORITHMS);
            if (offered != null) {
                request = request.attribute(StunAttribute.PASSWORD_ALGORITHMS, offered)
                        .attribute(StunAttribute.PASSWORD_ALGORITHM, new byte[] {0, 2, 0, 0})
                        .messageIntegritySha256(
                                new StunIntegrity(), PasswordAlgorithm.SHA256.key(username, realm, password));
            } else {
                request = request.messageIntegrity(
                        new StunIntegrity(), PasswordAlgorithm.MD5.key(username, realm, password));
            }
        }
        byte[] bytes = request.finish();
        socket.send(new DatagramPacket(bytes, bytes.length, server));
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            StunMessage answer = StunMessage.parse(packet.getData(), 0, packet.getLength());
            if (answer != null && Arrays.equals(answer.transactionId(), transaction)) {
                return answer;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
