package io.convoke.media.relay;

import io.convoke.media.relay.stream.StreamConnection;
import io.convoke.media.relay.stream.StreamPorts;
import io.convoke.media.relay.stream.StreamTls;
import io.convoke.media.relay.stream.StreamUser;
import io.convoke.media.tcp.TcpChannels;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnListener;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The TCP, TLS and DTLS listeners of a relay. Not to be used on the loops. */
final class StreamListeners implements AutoCloseable {
    private static final long TICKET_KEY_HOURS = 12;

    private final List<RelayLoop> loops;
    private final Map<Integer, TurnListener> listeners = new ConcurrentHashMap<>();
    private final List<TurnEndpoint> endpoints = new ArrayList<>();
    private final StreamPorts ports;
    private final Future<?> ticketKeys;
    private final @Nullable DtlsListeners dtls;

    private StreamListeners(RelaySettings settings, List<RelayLoop> loops) {
        this.loops = loops;
        EventLoop first = loops.get(0).eventLoop();
        EventLoopGroup group = Objects.requireNonNull(first.parent(), "made by a group");
        ports = new StreamPorts(group, settings.streams(), tls(settings.tls()), this::opening);
        ticketKeys =
                first.scheduleAtFixedRate(ports::renewTicketKey, TICKET_KEY_HOURS, TICKET_KEY_HOURS, TimeUnit.HOURS);
        RelayTls tls = settings.tls();
        dtls = tls == null ? null : new DtlsListeners(settings, tls, loops);
    }

    /** Binds the ports of all listeners, or none. Connections and associations are spread over the loops. */
    static StreamListeners start(RelaySettings settings, List<RelayLoop> loops) throws IOException {
        StreamListeners streams = new StreamListeners(settings, loops);
        try {
            for (int i = 0; i < settings.listeners().size(); i++) {
                RelayListener listener = settings.listeners().get(i);
                streams.bind(i, listener, Transport.TCP, listener.tcpPort());
                streams.bind(i, listener, Transport.TLS, listener.tlsPort());
                streams.bindDtls(i, listener);
            }
            return streams;
        } catch (IOException | RuntimeException e) {
            streams.close();
            throw e;
        }
    }

    /** In the order of the settings' listeners: TCP, TLS, DTLS. */
    List<TurnEndpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    @Override
    public void close() {
        ticketKeys.cancel(false);
        if (dtls != null) {
            dtls.close();
        }
        ports.close();
    }

    private void bind(int number, RelayListener listener, Transport transport, int port) throws IOException {
        if (port == RelayListener.OFF) {
            return;
        }
        InetSocketAddress wanted = new InetSocketAddress(listener.address(), port);
        InetSocketAddress bound = port == 0 ? TcpChannels.probe(wanted) : wanted;
        InetSocketAddress announced = new InetSocketAddress(listener.announced(), bound.getPort());
        int index = UdpPlan.index(number, transport);
        listeners.put(index, new TurnListener(index, transport, TransportAddress.of(announced), null));
        ports.bind(index, bound, transport == Transport.TLS);
        endpoints.add(new TurnEndpoint(transport, bound, announced));
    }

    private void bindDtls(int number, RelayListener listener) throws IOException {
        if (listener.dtlsPort() != RelayListener.OFF) {
            if (dtls == null) {
                throw new IllegalArgumentException("Expected a certificate for DTLS, but there is none");
            }
            endpoints.add(dtls.bind(number, listener));
        }
    }

    private StreamUser.Opening opening(EventLoop eventLoop) {
        for (RelayLoop loop : loops) {
            if (loop.eventLoop() == eventLoop) {
                return connection -> opened(loop, connection);
            }
        }
        throw new IllegalStateException("Expected a loop for each event loop, but one has none");
    }

    private StreamUser opened(RelayLoop loop, StreamConnection connection) {
        TurnListener listener =
                Objects.requireNonNull(listeners.get(connection.listener()), "known before its port is open");
        return new StreamClient(loop, listener, connection);
    }

    private static @Nullable StreamTls tls(@Nullable RelayTls tls) {
        return tls == null ? null : new StreamTls(tls.key(), tls.chain());
    }
}
