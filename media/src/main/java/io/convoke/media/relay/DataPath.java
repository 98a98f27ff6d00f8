package io.convoke.media.relay;

import io.convoke.media.udp.DatagramFlow;
import io.convoke.media.udp.DatagramPlane;
import io.convoke.protocols.turn.Allocation;
import io.convoke.protocols.turn.Channel;
import io.convoke.protocols.turn.Client;
import io.convoke.protocols.turn.DataIndication;
import io.convoke.protocols.turn.Traffic;
import io.convoke.protocols.turn.TurnOutput;
import io.convoke.protocols.turn.TurnServer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What each relayed packet goes through (RFC 8656 §11.2, §11.3, §12.5 to §12.7). Data stays where it was received; a header is written into the
 * room before it, or sent from a place of its own. Nothing is allocated, and nothing is shared with other loops.
 */
final class DataPath {
    private static final int HEADER_BYTES = 4;
    private static final int LONGEST_DATAGRAM = 65_536;

    private final RelayLoop loop;
    private final TurnServer server;
    private final ByteBuffer memory;
    private final NatMap nat;
    private final byte[] indication = new byte[DataIndication.IPV6_HEADER_BYTES + LONGEST_DATAGRAM];
    private long indications;

    /** Since the start. */
    long packetsToPeers;

    long packetsToClients;
    long packetsRefused;

    DataPath(RelayLoop loop, TurnServer server, DatagramPlane plane, NatMap nat) {
        this.loop = loop;
        this.server = server;
        this.nat = nat;
        memory = plane.memory();
    }

    /** ChannelData of a UDP client. */
    void fromClient(long nowNanos, @Nullable Client client, int at, int bytes) {
        Allocation allocation = client == null ? null : client.allocation();
        if (client == null || allocation == null) {
            if (client != null && client.attachment() instanceof Elsewhere elsewhere) {
                byte[] copy = new byte[bytes];
                memory.get(at, copy);
                elsewhere.loop().fromOtherLoop(elsewhere.client(), copy);
            } else {
                packetsRefused++;
            }
            return;
        }
        if (bytes < HEADER_BYTES) {
            refuse(allocation);
            return;
        }
        int header = memory.getInt(at);
        int length = header & 0xFFFF;
        Channel channel = channel(nowNanos, allocation, header, bytes);
        if (channel != null && spend(nowNanos, allocation, length)) {
            flow(channel).send(at + HEADER_BYTES, length);
            toPeer(nowNanos, client, allocation, length);
        }
    }

    /** ChannelData of a client on a stream. */
    void fromClient(long nowNanos, Client client, byte[] message, int offset, int bytes) {
        Allocation allocation = client.allocation();
        if (allocation == null || bytes < HEADER_BYTES) {
            packetsRefused++;
            return;
        }
        int header = (message[offset] & 0xFF) << 24
                | (message[offset + 1] & 0xFF) << 16
                | (message[offset + 2] & 0xFF) << 8
                | (message[offset + 3] & 0xFF);
        int length = header & 0xFFFF;
        Channel channel = channel(nowNanos, allocation, header, bytes);
        if (channel != null && spend(nowNanos, allocation, length)) {
            flow(channel).sendCopy(message, offset + HEADER_BYTES, length);
            toPeer(nowNanos, client, allocation, length);
        }
    }

    /** A Send indication that the server lets pass (§11.2). */
    void fromSend(long nowNanos, TurnOutput.ToPeer data) {
        UdpRelayPort port = (UdpRelayPort) data.from();
        if (!spend(nowNanos, data.allocation(), data.length())) {
            return;
        }
        DatagramFlow flow = port.flowTo(data.peer(), nat);
        if (data.dontFragment()) {
            port.socket().sendUnfragmented(flow, data.buffer(), data.offset(), data.length());
        } else {
            flow.sendCopy(data.buffer(), data.offset(), data.length());
        }
        count(data.allocation(), data.length());
    }

    /** The channel a ChannelData message names, if it is bound; otherwise it is dropped (§12.6). */
    private @Nullable Channel channel(long nowNanos, Allocation allocation, int header, int bytes) {
        Channel channel = allocation.channel(header >>> 16);
        if (channel == null || (header & 0xFFFF) > bytes - HEADER_BYTES || channel.expiresAtNanos() - nowNanos <= 0) {
            refuse(allocation);
            return null;
        }
        return channel;
    }

    private DatagramFlow flow(Channel channel) {
        if (channel.attachment() instanceof DatagramFlow flow) {
            return flow;
        }
        DatagramFlow flow = nat.flow(((UdpRelayPort) channel.port()).socket(), channel.peer());
        channel.attach(flow);
        return flow;
    }

    /** Datagrams from a peer. */
    void fromPeer(UdpRelayPort port, long fromHigh, long fromLow, int fromPort, int offset, int length, int segment) {
        Allocation allocation = port.allocation();
        if (allocation == null) {
            packetsRefused++;
            return;
        }
        long nowNanos = loop.nowNanos();
        long high = fromHigh;
        long low = fromLow;
        int own = nat.sender(high, low);
        if (own >= 0) {
            high = nat.announced(own).high();
            low = nat.announced(own).low();
        }
        Channel channel = allocation.channelOf(high, low, fromPort);
        if (channel != null && channel.expiresAtNanos() - nowNanos > 0 && channel.permits(nowNanos)) {
            fromChannel(nowNanos, allocation, channel.number() << 16, offset, length, segment);
        } else if (allocation.permits(high, low, nowNanos)) {
            int end = offset + length;
            int at = offset;
            do {
                int bytes = Math.min(segment, end - at);
                if (spend(nowNanos, allocation, bytes)) {
                    indicate(allocation, high, low, fromPort, at, bytes);
                    toClient(allocation, bytes);
                }
                at += segment;
            } while (at < end);
        } else {
            refuse(allocation);
        }
    }

    private void fromChannel(long nowNanos, Allocation allocation, int number, int offset, int length, int segment) {
        Object link = allocation.client().attachment();
        int end = offset + length;
        int at = offset;
        do {
            int bytes = Math.min(segment, end - at);
            if (spend(nowNanos, allocation, bytes)) {
                int header = number | bytes;
                if (!(link instanceof UdpClient udp)) {
                    loop.channelDataToLink(link, header, at, bytes);
                } else if (at == offset) {
                    memory.putInt(at - HEADER_BYTES, header);
                    udp.flow().send(at - HEADER_BYTES, bytes + HEADER_BYTES);
                } else {
                    udp.flow().send(header, at, bytes);
                }
                toClient(allocation, bytes);
            }
            at += segment;
        } while (at < end);
    }

    /** A Data indication (§11.3), put together elsewhere, as there is no room before the second of several datagrams. */
    private void indicate(Allocation allocation, long high, long low, int port, int at, int bytes) {
        int header = DataIndication.headerBytes(high, low);
        int total = DataIndication.totalBytes(high, low, bytes);
        memory.get(at, indication, header, bytes);
        DataIndication.write(indication, 0, high, low, port, bytes, ++indications);
        loop.send(allocation.client(), indication, total);
    }

    private boolean spend(long nowNanos, Allocation allocation, int bytes) {
        if (allocation.spend(bytes, nowNanos)) {
            return true;
        }
        refuse(allocation);
        return false;
    }

    private void refuse(Allocation allocation) {
        allocation.traffic().droppedPackets++;
        packetsRefused++;
    }

    private void toPeer(long nowNanos, Client client, Allocation allocation, int bytes) {
        if (client != allocation.client()) {
            server.heard(nowNanos, client); // the first data from where it moved to (RFC 8016 §3.2.2)
            loop.drain();
        }
        count(allocation, bytes);
    }

    private void count(Allocation allocation, int bytes) {
        Traffic traffic = allocation.traffic();
        traffic.toPeerPackets++;
        traffic.toPeerBytes += bytes;
        packetsToPeers++;
    }

    private void toClient(Allocation allocation, int bytes) {
        Traffic traffic = allocation.traffic();
        traffic.toClientPackets++;
        traffic.toClientBytes += bytes;
        packetsToClients++;
    }
}
