package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import io.convoke.protocols.wire.BigEndian;

/** What comes from peers to a client that has no channel for it (RFC 8656 §11.3, §11.5). */
final class PeerData {
    private static final int TRANSACTION_ID_BYTES = 12;

    private final Shard shard;
    private final byte[] transactionId = new byte[TRANSACTION_ID_BYTES];

    PeerData(Shard shard) {
        this.shard = shard;
    }

    void data(long nowNanos, Allocation allocation, TransportAddress peer, byte[] bytes, int offset, int length) {
        if (!allocation.permits(peer.high(), peer.low(), nowNanos)) {
            allocation.traffic().droppedPackets++;
            return;
        }
        int header = DataIndication.headerBytes(peer.high(), peer.low());
        byte[] message = new byte[DataIndication.totalBytes(peer.high(), peer.low(), length)];
        System.arraycopy(bytes, offset, message, header, length);
        DataIndication.write(
                message,
                0,
                peer.high(),
                peer.low(),
                peer.port(),
                length,
                shard.random().nextLong());
        send(allocation, message);
    }

    /** ICMP (§18.13): zero(16) type(7) code(9) data(32). */
    void unreachable(long nowNanos, Allocation allocation, TransportAddress peer, int type, int code, int data) {
        if (!allocation.permits(peer.high(), peer.low(), nowNanos)) {
            return;
        }
        byte[] icmp = new byte[8];
        BigEndian.put32(icmp, 0, (type & 0x7F) << 9 | (code & 0x1FF));
        BigEndian.put32(icmp, 4, data);
        shard.random().nextBytes(transactionId);
        byte[] message = StunWriter.begin(StunType.DATA_INDICATION, transactionId)
                .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer.high(), peer.low(), peer.port())
                .attribute(StunAttribute.ICMP, icmp)
                .finish();
        send(allocation, message);
    }

    private void send(Allocation allocation, byte[] message) {
        shard.outputs().add(new TurnOutput.Reply(allocation.client(), message, ReplyFrom.SAME, 0));
    }
}
