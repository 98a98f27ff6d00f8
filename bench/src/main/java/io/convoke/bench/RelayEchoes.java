package io.convoke.bench;

import io.convoke.media.udp.DatagramFlow;
import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.DatagramPort;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import io.convoke.protocols.turn.AddressFamily;
import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.BandwidthMeter;
import io.convoke.protocols.turn.Lease;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnPolicy;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Clients of a relay and their peers, on one event loop of their own; each sends back what it gets, from where it was received. */
final class RelayEchoes {
    static final String REALM = "bench";
    private static final String USER = "bench";
    private static final String PASSWORD = "bench-password";
    private static final int CHANNEL = 0x4001;
    private static final int HEADER_BYTES = 4;
    private static final int TIMEOUT_MILLIS = 5_000;

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Start(DatagramFlow flow, byte[] message, int count) {}

    private final InetSocketAddress server;
    private final PortOptions options;
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("echoes", true), DatagramPlane.io());
    private final IoEventLoop loop = group.next();
    private final DatagramPlane plane;
    private final List<Start> starts = new ArrayList<>();
    private final Random random = new Random();
    private byte @Nullable [] nonce;
    private long counted;
    private volatile long arrived;

    RelayEchoes(InetSocketAddress server, PortOptions options) throws IOException {
        this.server = server;
        this.options = options;
        plane = onLoop(() -> new DatagramPlane(loop, this::publish));
    }

    /** One user without limits. */
    static TurnPolicy policy() {
        List<byte[]> keys = List.of(key());
        Lease lease = new Lease() {
            @Override
            public void release() {}

            @Override
            public BandwidthMeter bandwidth() {
                return BandwidthMeter.UNLIMITED;
            }
        };
        return new TurnPolicy() {
            @Override
            public List<byte[]> keys(String username, PasswordAlgorithm algorithm) {
                return algorithm == PasswordAlgorithm.MD5 ? keys : List.of();
            }

            @Override
            public @Nullable String usernameOf(byte[] userhash) {
                return null;
            }

            @Override
            public Admission admit(String username, TransportAddress source) {
                return new Admission.Granted(lease);
            }

            @Override
            public boolean allowsPeerIp(TransportAddress peer) {
                return true;
            }

            @Override
            public boolean allowsPeer(TransportAddress peer) {
                return true;
            }

            @Override
            public @Nullable TransportAddress alternate(AddressFamily clientFamily) {
                return null;
            }
        };
    }

    /** Packets that came to clients and peers. */
    long arrived() {
        return arrived;
    }

    /** An allocation and a peer, with so many packets on their way from now on. */
    void open(int inFlight, int payloadBytes) throws IOException {
        DatagramPort peer = bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        InetSocketAddress source;
        // The handshake by a plain socket, whose address the event loop's takes over.
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            source = (InetSocketAddress) socket.getLocalSocketAddress();
            ask(
                    socket,
                    StunType.ALLOCATE_REQUEST,
                    request -> request.attribute(StunAttribute.REQUESTED_TRANSPORT, new byte[] {17, 0, 0, 0}));
            ask(
                    socket,
                    StunType.CHANNEL_BIND_REQUEST,
                    request -> request.number(StunAttribute.CHANNEL_NUMBER, (long) CHANNEL << 16)
                            .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer.local()));
        }
        DatagramPort client = bind(source);
        byte[] message = new byte[HEADER_BYTES + payloadBytes];
        message[0] = (byte) (CHANNEL >>> 8);
        message[1] = (byte) CHANNEL;
        message[2] = (byte) (payloadBytes >>> 8);
        message[3] = (byte) payloadBytes;
        TransportAddress to = TransportAddress.of(server);
        Start start = new Start(client.flow(to.high(), to.low(), to.port()), message, inFlight);
        starts.add(start);
        onLoop(() -> send(start));
    }

    /** Sends the first packets again. */
    void kick() {
        loop.execute(() -> starts.forEach(this::send));
    }

    private boolean send(Start start) {
        for (int i = 0; i < start.count(); i++) {
            start.flow().sendCopy(start.message(), 0, start.message().length);
        }
        return true;
    }

    private DatagramPort bind(InetSocketAddress address) throws IOException {
        Echo echo = new Echo();
        return onLoop(() -> plane.bind(address, options, echo::received));
    }

    /** One end. */
    private final class Echo {
        private @Nullable DatagramFlow back;

        void received(DatagramPort port, long high, long low, int sender, int offset, int length, int segment) {
            DatagramFlow flow = back;
            if (flow == null) {
                flow = port.flow(high, low, sender); // each end has one other
                back = flow;
            }
            for (int at = offset; at < offset + length; at += segment) {
                flow.send(at, Math.min(segment, offset + length - at));
                counted++;
            }
        }
    }

    private void publish() {
        arrived = counted;
    }

    private void ask(DatagramSocket socket, int type, UnaryOperator<StunWriter> attributes) throws IOException {
        StunMessage answer = exchange(socket, type, attributes);
        if (answer.errorCode() == 401 || answer.errorCode() == 438) {
            nonce = answer.attribute(StunAttribute.NONCE);
            answer = exchange(socket, type, attributes);
        }
        if (answer.errorCode() > 0) {
            throw new IOException("Expected success, but got error " + answer.errorCode());
        }
    }

    private StunMessage exchange(DatagramSocket socket, int type, UnaryOperator<StunWriter> attributes)
            throws IOException {
        byte[] transactionId = new byte[12];
        random.nextBytes(transactionId);
        StunWriter writer = attributes.apply(StunWriter.begin(type, transactionId));
        if (nonce != null) {
            writer = writer.text(StunAttribute.USERNAME, USER)
                    .text(StunAttribute.REALM, REALM)
                    .attribute(StunAttribute.NONCE, nonce)
                    .messageIntegrity(new StunIntegrity(), key());
        }
        byte[] request = writer.finish();
        socket.send(new DatagramPacket(request, request.length, server));
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        StunMessage answer = StunMessage.parse(packet.getData(), 0, packet.getLength());
        if (answer == null) {
            throw new IOException("Expected an answer, but got something else");
        }
        return answer;
    }

    private static byte[] key() {
        return PasswordAlgorithm.MD5.key(USER, REALM, PASSWORD);
    }

    private <T> T onLoop(Callable<T> task) throws IOException {
        try {
            return loop.submit(task).get();
        } catch (ExecutionException e) {
            throw new IOException("Expected the loop to do it", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
