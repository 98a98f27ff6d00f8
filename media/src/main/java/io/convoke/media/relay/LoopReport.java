package io.convoke.media.relay;

import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.PlaneCounters;
import io.convoke.protocols.turn.Allocation;
import io.convoke.protocols.turn.Channel;
import io.convoke.protocols.turn.CloseReason;
import io.convoke.protocols.turn.Permission;
import io.convoke.protocols.turn.RelayPort;
import io.convoke.protocols.turn.ServerCounters;
import io.convoke.protocols.turn.Traffic;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What other threads get to see of a loop: counts, published now and then, and allocations. */
final class LoopReport {
    private final TurnServer server;
    private final DatagramPlane plane;
    private final DataPath path;
    private final TurnEvents events;
    private volatile TurnCounters published = TurnCounters.NONE;

    LoopReport(TurnServer server, DatagramPlane plane, DataPath path, TurnEvents events) {
        this.server = server;
        this.plane = plane;
        this.path = path;
        this.events = events;
    }

    /** From any thread. */
    TurnCounters counts() {
        return published;
    }

    void publish() {
        ServerCounters stun = server.counters();
        PlaneCounters datagrams = plane.counters();
        published = new TurnCounters(
                stun.allocated - stun.freed,
                datagrams.receivedDatagrams(),
                datagrams.sentDatagrams(),
                datagrams.receivedMessages() + datagrams.sentMessages(),
                datagrams.dropped(),
                path.packetsToPeers,
                path.packetsToClients,
                path.packetsRefused,
                stun.received,
                stun.malformed,
                stun.limited,
                stun.bindings,
                stun.challenges,
                stun.errors,
                stun.allocated,
                stun.freed,
                stun.overQuota,
                errorCodes(stun));
    }

    private static SortedMap<Integer, Long> errorCodes(ServerCounters stun) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (int i = 0; i < stun.byErrorCode.length; i++) {
            if (stun.byErrorCode[i] > 0) {
                counts.put(i + ServerCounters.LOWEST_CODE, stun.byErrorCode[i]);
            }
        }
        return counts;
    }

    void allocated(Allocation allocation, long nowNanos) {
        events.allocated(view(allocation, nowNanos, Instant.now()));
    }

    void freed(Allocation allocation, CloseReason why, long nowNanos) {
        events.freed(view(allocation, nowNanos, Instant.now()), why);
    }

    List<AllocationView> allocations(long nowNanos) {
        Instant now = Instant.now();
        return server.allocations().stream()
                .map(allocation -> view(allocation, nowNanos, now))
                .toList();
    }

    private static AllocationView view(Allocation allocation, long nowNanos, Instant now) {
        Traffic traffic = allocation.traffic();
        List<TransportAddress> relayed =
                allocation.relayPorts().stream().map(RelayPort::relayed).toList();
        Map<Integer, TransportAddress> channels = new TreeMap<>();
        for (Channel channel : allocation.channels()) {
            channels.put(channel.number(), channel.peer());
        }
        return new AllocationView(
                allocation.id(),
                allocation.username(),
                allocation.client().transport(),
                allocation.peerTransport(),
                allocation.client().address(),
                allocation.client().listener().address(),
                relayed,
                allocation.permissions().stream().map(Permission::peer).toList(),
                channels,
                traffic.toPeerPackets,
                traffic.toPeerBytes,
                traffic.toClientPackets,
                traffic.toClientBytes,
                traffic.droppedPackets,
                now.plusNanos(allocation.createdAtNanos() - nowNanos),
                now.plusNanos(allocation.expiresAtNanos() - nowNanos));
    }
}
