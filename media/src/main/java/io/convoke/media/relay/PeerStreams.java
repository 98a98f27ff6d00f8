package io.convoke.media.relay;

import io.convoke.media.relay.peer.PeerPort;
import io.convoke.media.relay.peer.PeerStream;
import io.convoke.media.relay.stream.StreamConnection;
import io.convoke.protocols.turn.Allocation;
import io.convoke.protocols.turn.OpenFailure;
import io.convoke.protocols.turn.RelayPort;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnOutput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** TCP between a loop's allocations and their peers (RFC 6062). On the loop's thread. */
final class PeerStreams {
    private static final int MOST_ATTEMPTS = 64;
    private static final int CONNECT_MILLIS = 30_000;

    private final RelayLoop loop;
    private final List<PortRange> ranges;
    private final RandomGenerator random;
    private final NatMap nat;
    private final Set<TcpRelayPort> ports = new HashSet<>();
    /** Attempts that are under way: how to end each. */
    private final Map<Integer, Runnable> connecting = new HashMap<>();

    private final Map<Integer, PeerStream> connections = new HashMap<>();

    PeerStreams(RelayLoop loop, List<PortRange> ranges, RandomGenerator random, NatMap nat) {
        this.loop = loop;
        this.ranges = ranges;
        this.random = random;
        this.nat = nat;
    }

    /** Opens a TCP relay port, and answers the loop with {@link RelayLoop#opened} or {@link RelayLoop#openFailed}. */
    void open(TurnOutput.OpenRelay request) {
        Allocation allocation = request.allocation();
        PortRange range = PortRange.best(ranges, request.family(), loop.boundTo(allocation.client()));
        if (range == null) {
            loop.openFailed(request, OpenFailure.NO_FAMILY);
            return;
        }
        TcpRelayPort port = open(range, allocation);
        if (port == null) {
            loop.openFailed(request, OpenFailure.NO_PORT);
        } else {
            ports.add(port);
            loop.opened(request, port, null);
        }
    }

    /** Closes it if it is one of these; false otherwise. */
    boolean close(RelayPort port) {
        if (port instanceof TcpRelayPort tcp && ports.remove(tcp)) {
            tcp.close();
            return true;
        }
        return false;
    }

    /** §5.2: from the relayed address, of the peer's family. */
    void connect(TurnOutput.ConnectPeer request) {
        int id = request.connectionId();
        for (RelayPort port : request.allocation().relayPorts()) {
            if (port instanceof TcpRelayPort tcp
                    && tcp.relayed().isIpv4() == request.peer().isIpv4()) {
                InetSocketAddress peer = nat.local(request.peer()).toSocketAddress();
                Runnable end = tcp.port().connect(peer, CONNECT_MILLIS, made -> connected(request, made));
                if (!connections.containsKey(id)) {
                    connecting.put(id, end);
                }
                return;
            }
        }
        loop.peerConnectFailed(id);
    }

    /** §5.4: the success response is on its way to the client, or before these bytes in its loop's queue. */
    void bind(TurnOutput.BindConnection request) {
        PeerStream peer = connections.get(request.connectionId());
        if (peer != null
                && request.dataConnection().attachment() instanceof StreamClient client
                && client.path() instanceof StreamConnection stream) {
            peer.join(stream);
            return;
        }
        closeConnection(request.connectionId());
        loop.connectionClosed(request.connectionId());
    }

    void closeConnection(int connectionId) {
        Runnable attempt = connecting.remove(connectionId);
        if (attempt != null) {
            attempt.run();
        }
        PeerStream peer = connections.remove(connectionId);
        if (peer != null) {
            peer.close();
        }
    }

    /** Closes everything. */
    void closeAll() {
        List.copyOf(connecting.keySet()).forEach(this::closeConnection);
        List.copyOf(connections.keySet()).forEach(this::closeConnection);
        List.copyOf(ports).forEach(this::close);
    }

    private @Nullable TcpRelayPort open(PortRange range, Allocation allocation) {
        List<Integer> busy = new ArrayList<>();
        try {
            for (int attempt = 0; attempt < Math.min(MOST_ATTEMPTS, range.size()); attempt++) {
                int number = range.take(random, false);
                if (number == PortRange.NONE) {
                    return null;
                }
                try {
                    TcpRelayPort port = new TcpRelayPort(range, number, allocation);
                    InetSocketAddress local =
                            new InetSocketAddress(range.address().local(), number);
                    port.opened(PeerPort.open(loop.eventLoop(), local, peer -> came(port, peer)));
                    return port;
                } catch (IOException taken) {
                    busy.add(number);
                }
            }
            return null;
        } finally {
            busy.forEach(range::free);
        }
    }

    /** §5.3: a peer has connected to the relayed address. */
    private void came(TcpRelayPort port, PeerStream peer) {
        TransportAddress from = nat.announced(TransportAddress.of(peer.remote()));
        int id = loop.peerConnecting(port.allocation(), from);
        if (id == 0) {
            peer.close();
        } else {
            keep(port.allocation(), id, peer);
        }
    }

    private void connected(TurnOutput.ConnectPeer request, @Nullable PeerStream made) {
        int id = request.connectionId();
        connecting.remove(id);
        if (made == null) {
            loop.peerConnectFailed(id);
        } else {
            keep(request.allocation(), id, made);
            loop.peerConnected(id);
        }
    }

    private void keep(Allocation allocation, int id, PeerStream peer) {
        connections.put(id, peer);
        Toll outwards = new Toll(allocation);
        Toll inwards = new Toll(allocation);
        peer.listener(new PeerStream.Listener() {
            @Override
            public boolean toClient(int bytes) {
                allocation.traffic().toClientBytes += bytes;
                return inwards.pay(bytes, loop.nowNanos());
            }

            @Override
            public boolean toPeer(int bytes) {
                allocation.traffic().toPeerBytes += bytes;
                return outwards.pay(bytes, loop.nowNanos());
            }

            @Override
            public void ended() {
                if (connections.remove(id, peer)) {
                    loop.connectionClosed(id);
                }
            }
        });
    }
}
