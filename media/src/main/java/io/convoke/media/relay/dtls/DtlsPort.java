package io.convoke.media.relay.dtls;

import io.convoke.media.tcp.Wheel;
import io.convoke.media.udp.DatagramFlow;
import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.DatagramPort;
import io.convoke.media.udp.DatagramReceiver;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.turn.AddressTable;
import io.convoke.protocols.turn.SourceLimiter;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnLimits;
import io.convoke.protocols.wire.BigEndian;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSRequest;
import org.jspecify.annotations.Nullable;

/**
 * One loop's socket of a DTLS listener, and the associations of the clients whose datagrams come to it. On the loop's thread. A client that begins anew from the
 * port of an association has two for a while: the old one goes on until the new one's handshake is done (RFC 6347 §4.2.8).
 */
public final class DtlsPort implements DatagramReceiver {
    private static final int ADDRESS_BYTES = 18;

    private final DtlsServer server;
    private final DtlsServer.Opening opening;
    private final EventLoop eventLoop;
    private final DatagramPlane plane;
    private final int listener;
    private final AddressTable<DtlsLink> established = new AddressTable<>();
    private final AddressTable<DtlsLink> beginning = new AddressTable<>();
    private final byte[] client = new byte[ADDRESS_BYTES];
    private final byte[] scratch = new byte[DtlsLink.MAX_RECORD_BYTES];
    private final byte[] out = new byte[DtlsLink.MAX_RECORD_BYTES];
    private final SourceLimiter challenges;
    private final Wheel wheel = new Wheel(System.nanoTime());
    private final Future<?> ticks;
    private @Nullable DatagramPort socket;

    private DtlsPort(
            DtlsServer server,
            DtlsServer.Opening opening,
            EventLoop eventLoop,
            DatagramPlane plane,
            int listener,
            TurnLimits.AnonymousRate rate,
            long seed) {
        this.server = server;
        this.opening = opening;
        this.eventLoop = eventLoop;
        this.plane = plane;
        this.listener = listener;
        challenges = new SourceLimiter(rate, seed);
        ticks = eventLoop.scheduleAtFixedRate(
                () -> wheel.advance(System.nanoTime()), Wheel.TICK_NANOS, Wheel.TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    /**
     * Opens one.
     *
     * @param listener a number for {@link io.convoke.media.relay.stream.ClientPath#listener}
     * @param rate of cookies, for each source
     * @param seed that nobody can guess
     * @throws IOException where the address cannot be bound
     */
    public static DtlsPort bind(
            DtlsServer server,
            DtlsServer.Opening opening,
            EventLoop eventLoop,
            DatagramPlane plane,
            int listener,
            InetSocketAddress address,
            PortOptions options,
            TurnLimits.AnonymousRate rate,
            long seed)
            throws IOException {
        DtlsPort port = new DtlsPort(server, opening, eventLoop, plane, listener, rate, seed);
        try {
            port.socket = plane.bind(address, options, port);
            return port;
        } catch (IOException | RuntimeException e) {
            port.ticks.cancel(false);
            throw e;
        }
    }

    /** Where it is bound. */
    public InetSocketAddress local() {
        return socket().local();
    }

    /** Says goodbye to all clients and closes the socket. */
    public void close() {
        List<DtlsLink> all = new ArrayList<>();
        established.forEach(all::add);
        beginning.forEach(all::add);
        all.forEach(DtlsLink::close);
        plane.flush();
        ticks.cancel(false);
        socket().close();
    }

    @Override
    public void received(DatagramPort port, long high, long low, int senderPort, int offset, int length, int segment) {
        int end = offset + length;
        for (int at = offset; at < end; at += segment) {
            byte[] datagram = new byte[Math.min(segment, end - at)];
            plane.memory().get(at, datagram);
            datagram(high, low, senderPort, datagram);
        }
    }

    private void datagram(long high, long low, int port, byte[] datagram) {
        DtlsLink old = established.get(high, low, port);
        DtlsLink fresh = beginning.get(high, low, port);
        if (DtlsLink.isClientHello(datagram) && fresh == null && (old == null || !old.beganWith(datagram))) {
            hello(high, low, port, datagram);
        } else if (old == null && fresh == null) {
            server.counts().unexpected.increment();
        } else {
            if (fresh != null) {
                fresh.datagram(datagram);
            }
            if (old != null && (fresh == null || DtlsLink.isData(datagram))) {
                old.datagram(datagram); // whose it is only the keys know; the other drops it
            }
        }
    }

    private void hello(long high, long low, int port, byte[] datagram) {
        TransportAddress source = new TransportAddress(high, low, port);
        if (!challenges.admits(source, System.nanoTime())) {
            server.counts().refused.increment();
            return;
        }
        BigEndian.put64(client, 0, high);
        BigEndian.put64(client, 8, low);
        client[16] = (byte) (port >> 8);
        client[17] = (byte) port;
        DatagramFlow flow = socket().flow(high, low, port);
        DTLSRequest request = server.endpoint().verify(client, datagram, 0, datagram.length, (bytes, from, count) -> {
            server.counts().challenged.increment();
            flow.sendCopy(bytes, from, count);
        });
        if (request == null) {
            return;
        }
        InetSocketAddress remote = source.toSocketAddress();
        if (!server.census().enter(remote.getAddress())) {
            server.counts().refused.increment();
            return;
        }
        DtlsLink link = new DtlsLink(this, remote, source, flow, datagram);
        if (link.begin(request)) {
            beginning.put(high, low, port, link);
        } else {
            server.census().leave(remote.getAddress());
            server.counts().refused.increment();
        }
    }

    /** Its handshake is done. What was there before is over. */
    void established(DtlsLink link) {
        beginning.remove(link.source());
        DtlsLink old = established.put(link.source(), link);
        if (old != null) {
            old.replaced();
        }
    }

    void ended(DtlsLink link) {
        if (established.get(link.source()) == link) {
            established.remove(link.source());
        }
        if (beginning.get(link.source()) == link) {
            beginning.remove(link.source());
        }
        server.census().leave(link.remote().getAddress());
    }

    DtlsServer server() {
        return server;
    }

    DtlsServer.Opening opening() {
        return opening;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Wheel wheel() {
        return wheel;
    }

    int listener() {
        return listener;
    }

    /** For one record of data that is read, at a time. */
    byte[] scratch() {
        return scratch;
    }

    /** For one message that is sent, at a time. */
    byte[] scratchOut() {
        return out;
    }

    private DatagramPort socket() {
        return Objects.requireNonNull(socket, "bound before anybody has the port");
    }
}
