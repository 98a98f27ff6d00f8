package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;

/** Send indications (RFC 8656 §11.2): relayed or silently dropped. */
final class SendHandler {
    private final Shard shard;

    SendHandler(Shard shard) {
        this.shard = shard;
    }

    void handle(long nowNanos, Client from, StunMessage message) {
        Allocation allocation = from.allocation();
        if (allocation == null || allocation.peerTransport() != PeerTransport.UDP) {
            return;
        }
        int peerAt = message.find(StunAttribute.XOR_PEER_ADDRESS);
        int dataAt = message.find(StunAttribute.DATA);
        boolean dontFragment = message.has(StunAttribute.DONT_FRAGMENT);
        boolean readable = peerAt != StunMessage.ABSENT && dataAt != StunMessage.ABSENT && message.family(peerAt) != 0;
        if (!readable
                || (dontFragment && !shard.settings().dontFragment())
                || message.unknownRequired(SendHandler::isKnown).length > 0) {
            return;
        }
        shard.allocations().heard(from, allocation);
        relay(nowNanos, allocation, message, peerAt, dataAt, dontFragment);
    }

    private void relay(
            long nowNanos, Allocation allocation, StunMessage message, int peerAt, int dataAt, boolean dontFragment) {
        TransportAddress peer =
                new TransportAddress(message.xorHigh(peerAt), message.xorLow(peerAt), message.xorPort(peerAt));
        RelayPort port = allocation.relayPort(AddressFamily.of(peer));
        if (port == null
                || !allocation.permits(peer.high(), peer.low(), nowNanos)
                || !shard.policy().keepsPeer(peer)) {
            allocation.traffic().droppedPackets++;
            return;
        }
        shard.outputs()
                .add(new TurnOutput.ToPeer(
                        allocation,
                        port,
                        peer,
                        message.buffer(),
                        message.valueOffset(dataAt),
                        message.valueLength(dataAt),
                        dontFragment));
    }

    private static boolean isKnown(int type) {
        return type == StunAttribute.XOR_PEER_ADDRESS
                || type == StunAttribute.DATA
                || type == StunAttribute.DONT_FRAGMENT;
    }
}
