package io.convoke.media.relay;

import io.convoke.media.relay.dtls.DtlsPort;
import io.convoke.media.relay.dtls.DtlsServer;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.dtls.DtlsServerIdentity;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnListener;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The DTLS listeners of a relay: a socket on each loop. Not to be used on the loops. */
final class DtlsListeners implements AutoCloseable {
    /** A loop's part of a listener. */
    private record Part(RelayLoop loop, DtlsPort port) {}

    private final RelaySettings settings;
    private final List<RelayLoop> loops;
    private final SecureRandom random = new SecureRandom();
    private final DtlsServer server;
    private final List<Part> parts = new ArrayList<>();

    DtlsListeners(RelaySettings settings, RelayTls tls, List<RelayLoop> loops) {
        this.settings = settings;
        this.loops = loops;
        server = new DtlsServer(DtlsServerIdentity.of(tls.key(), tls.chain(), random), settings.streams());
    }

    /** Binds one on every loop, or throws. */
    TurnEndpoint bind(int number, RelayListener listener) throws IOException {
        int port = listener.dtlsPort() == 0 ? freePort(listener) : listener.dtlsPort();
        InetSocketAddress bound = new InetSocketAddress(listener.address(), port);
        InetSocketAddress announced = new InetSocketAddress(listener.announced(), port);
        int index = UdpPlan.index(number, Transport.DTLS);
        TurnListener made = new TurnListener(index, Transport.DTLS, TransportAddress.of(announced), null);
        PortOptions own = PortOptions.fast().buffers(settings.sendBufferBytes(), settings.receiveBufferBytes());
        PortOptions options = loops.size() > 1 ? own.shared() : own;
        for (RelayLoop loop : loops) {
            long seed = random.nextLong();
            parts.add(new Part(
                    loop,
                    TurnRelay.run(
                            loop.eventLoop(),
                            () -> DtlsPort.bind(
                                    server,
                                    path -> new StreamClient(loop, made, path),
                                    loop.eventLoop(),
                                    loop.plane(),
                                    index,
                                    bound,
                                    options,
                                    settings.turn().limits().anonymous(),
                                    seed))));
        }
        return new TurnEndpoint(Transport.DTLS, bound, announced);
    }

    /** Says goodbye to all clients, and waits for handshakes to end. */
    @Override
    public void close() {
        for (Part part : parts) {
            part.loop().eventLoop().submit(part.port()::close).syncUninterruptibly();
        }
        server.close();
    }

    private static int freePort(RelayListener listener) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, listener.address())) {
            return socket.getLocalPort();
        }
    }
}
