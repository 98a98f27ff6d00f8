package io.convoke.media.relay;

import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.turn.Allocation;
import io.convoke.protocols.turn.Client;
import io.convoke.protocols.turn.CloseReason;
import io.convoke.protocols.turn.OpenFailure;
import io.convoke.protocols.turn.RelayPort;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnListener;
import io.convoke.protocols.turn.TurnOutput;
import io.convoke.protocols.turn.TurnServer;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One shard of the relay on one event loop: its sockets, its TURN server, its allocations. All methods are called on the loop's thread, apart
 * from {@link #execute}, {@link #fromOtherLoop} and {@link #counts}.
 */
final class RelayLoop {
    private static final int LONGEST_MESSAGE_BYTES = 65_536;
    private static final int CHANNEL_DATA_MASK = 0xC0;
    private static final int CHANNEL_DATA = 0x40;

    private final RelaySettings settings;
    private final IoEventLoop eventLoop;
    private final TurnServer server;
    private final DatagramPlane plane;
    private final DataPath path;
    private final UdpListeners listeners;
    private final PeerStreams peerStreams;
    private final ClientLinks links = new ClientLinks(this);
    private final Commands commands;
    private final LoopReport report;
    private final LoopTimer timer;
    private final byte[] message = new byte[LONGEST_MESSAGE_BYTES];
    private boolean draining;

    RelayLoop(
            RelaySettings settings,
            IoEventLoop eventLoop,
            TurnServer server,
            LoopNeighbours neighbours,
            List<PortRange> ranges,
            RandomGenerator random,
            TurnEvents events) {
        this.settings = settings;
        this.eventLoop = eventLoop;
        this.server = server;
        plane = new DatagramPlane(eventLoop, links::flush);
        NatMap nat = new NatMap(settings.allRelayAddresses());
        peerStreams = new PeerStreams(this, ranges, random, nat);
        path = new DataPath(this, server, plane, nat);
        listeners = new UdpListeners(this, plane);
        report = new LoopReport(server, plane, path, events);
        UdpRelayPorts ports = new UdpRelayPorts(plane, path, ranges, random);
        commands = new Commands(this, server, neighbours, listeners, ports, peerStreams, path, report);
        timer = new LoopTimer(eventLoop, this::timeout, report::publish);
    }

    RelaySettings settings() {
        return settings;
    }

    /** To register channels on, and for timers. */
    IoEventLoop eventLoop() {
        return eventLoop;
    }

    /** Runs it on the loop's thread. From any thread. */
    void execute(Runnable task) {
        eventLoop.execute(task);
    }

    long nowNanos() {
        return System.nanoTime();
    }

    /** The loop's UDP sockets. */
    DatagramPlane plane() {
        return plane;
    }

    /** All the loop's datagrams. */
    ByteBuffer memory() {
        return plane.memory();
    }

    DataPath path() {
        return path;
    }

    TurnCounters counts() {
        return report.counts();
    }

    /** Which of this machine's addresses the client talks to. */
    InetAddress boundTo(Client client) {
        return settings.listeners()
                .get(UdpPlan.listenerOf(client.listener().index()))
                .address();
    }

    /** Opens a socket for clients. */
    void listen(TurnListener listener, InetSocketAddress bound, PortOptions options) throws IOException {
        listeners.open(listener, bound, options);
    }

    // What comes from clients.

    /** A datagram that is no ChannelData. */
    void fromUdp(Client client, int at, int length) {
        plane.memory().get(at, message, 0, length);
        if (client.attachment() instanceof Elsewhere elsewhere) {
            elsewhere.loop().fromOtherLoop(elsewhere.client(), Arrays.copyOf(message, length));
        } else {
            fromHere(client, message, 0, length);
        }
    }

    /** One whole STUN or ChannelData message, padded or not, of a client whose attachment is a {@link ClientLink} of this loop. */
    void fromStream(Client client, byte[] bytes, int offset, int length) {
        Elsewhere elsewhere = links.elsewhere(client);
        if (elsewhere == null) {
            fromHere(client, bytes, offset, length);
        } else {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            elsewhere.loop().fromOtherLoop(elsewhere.client(), copy);
        }
    }

    /** A message that came to another loop, of a client whose allocation is here. From any thread. */
    void fromOtherLoop(Client client, byte[] bytes) {
        execute(() -> fromHere(client, bytes, 0, bytes.length));
    }

    private void fromHere(Client client, byte[] bytes, int offset, int length) {
        if (length > 0 && (bytes[offset] & CHANNEL_DATA_MASK) == CHANNEL_DATA) {
            path.fromClient(nowNanos(), client, bytes, offset, length);
        } else {
            server.handlePacket(nowNanos(), client, bytes, offset, length);
        }
        drain();
    }

    /** A message for this shard that another one got (reservations, mobility, connections). From any thread. */
    void routed(Client client, byte[] bytes) {
        execute(() -> {
            commands.arrived(client);
            server.handlePacket(nowNanos(), client, bytes, 0, bytes.length);
            drain();
        });
    }

    /** A client's connection or association has ended. */
    void gone(Client client) {
        Elsewhere elsewhere = links.leave(client);
        if (elsewhere == null) {
            server.clientGone(nowNanos(), client);
            drain();
        } else {
            elsewhere.loop().execute(() -> elsewhere.loop().gone(client));
        }
    }

    // What becomes of relay ports and peers' connections.

    /** A TCP relay port is open. */
    void opened(TurnOutput.OpenRelay request, RelayPort port, @Nullable RelayPort next) {
        server.opened(nowNanos(), request, port, next);
        drain();
    }

    /** A relay port could not be opened. */
    void openFailed(TurnOutput.OpenRelay request, OpenFailure why) {
        server.openFailed(nowNanos(), request, why);
        drain();
    }

    /** The connection to a peer stands (RFC 6062). */
    void peerConnected(int connectionId) {
        server.peerConnected(nowNanos(), connectionId);
        drain();
    }

    /** It does not come about. */
    void peerConnectFailed(int connectionId) {
        server.peerConnectFailed(nowNanos(), connectionId);
        drain();
    }

    /** A peer connected to a TCP relay port: the connection's id, or 0 to close it at once. */
    int peerConnecting(Allocation allocation, TransportAddress peer) {
        int id = server.peerConnecting(nowNanos(), allocation, peer);
        drain();
        return id;
    }

    /** A peer's connection or the client's joined with it has ended, and both are closed. */
    void connectionClosed(int connectionId) {
        server.connectionClosed(nowNanos(), connectionId);
        drain();
    }

    // What the operator wants.

    List<AllocationView> allocations() {
        return report.allocations(nowNanos());
    }

    boolean close(UUID allocation, CloseReason why) {
        boolean found = server.close(nowNanos(), allocation, why);
        drain();
        return found;
    }

    int closeOf(String username, CloseReason why) {
        int closed = server.closeOf(nowNanos(), username, why);
        drain();
        return closed;
    }

    int closeAll(CloseReason why) {
        List<UUID> ids = server.allocations().stream().map(Allocation::id).toList();
        ids.forEach(id -> server.close(nowNanos(), id, why));
        drain();
        return ids.size();
    }

    void peersChanged() {
        server.peersChanged(nowNanos());
        drain();
    }

    /** Closes every socket. Nothing of the loop is used afterwards. */
    void shutDown() {
        timer.stop();
        closeAll(CloseReason.DRAINED);
        plane.flush();
        peerStreams.closeAll();
        plane.close();
        report.publish();
    }

    // What goes to clients.

    void send(Client client, byte[] bytes, int length) {
        Object attachment = client.attachment();
        if (attachment instanceof UdpClient udp) {
            udp.flow().sendCopy(bytes, 0, length);
        } else if (attachment instanceof ClientLink link) {
            links.send(link, bytes, length);
        }
    }

    /** To a client whose packets come here and whose allocation is on another loop. */
    void sendFromHome(Client client, byte[] bytes) {
        UdpListener listener = listeners.get(client.listener().index());
        if (listener != null) {
            listener.flow(client.address()).sendCopy(bytes, 0, bytes.length);
        } else if (client.attachment() instanceof ClientLink link) {
            links.send(link, bytes, bytes.length);
        }
    }

    void channelDataToLink(@Nullable Object attachment, int header, int at, int length) {
        if (attachment instanceof ClientLink link) {
            links.sendChannelData(link, header, plane.memory(), at, length);
        }
    }

    /** This client's packets come here, and its allocation is on another loop. */
    void enterElsewhere(Elsewhere elsewhere) {
        UdpListener listener = listeners.get(elsewhere.client().listener().index());
        if (listener == null) {
            links.enterElsewhere(elsewhere);
        } else {
            listener.enterElsewhere(elsewhere);
        }
    }

    /** It is no longer. */
    void leaveElsewhere(Client client) {
        UdpListener listener = listeners.get(client.listener().index());
        if (listener == null) {
            Elsewhere ignored = links.leave(client);
        } else {
            listener.leaveElsewhere(client);
        }
    }

    private void timeout() {
        server.handleTimeout(nowNanos());
        drain();
    }

    /** Carries out what the server wants, to the end. Nested calls leave it to the outer one. */
    void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            for (TurnOutput output = server.poll(); output != null; output = server.poll()) {
                commands.carryOut(output);
            }
        } finally {
            draining = false;
        }
        timer.deadline(nowNanos(), server.deadlineNanos());
    }
}
