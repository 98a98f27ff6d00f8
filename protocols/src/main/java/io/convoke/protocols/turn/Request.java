package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message in the works: what came, from whom, when; and once that is known, as which user. */
final class Request {
    private final long nowNanos;
    private final Client from;
    private final StunMessage message;
    private final int type;
    private final byte[] transactionId;
    private final boolean fingerprint;
    private String username = "";
    private byte @Nullable [] key;
    private boolean sha256;

    Request(long nowNanos, Client from, StunMessage message) {
        this.nowNanos = nowNanos;
        this.from = from;
        this.message = message;
        type = message.type();
        transactionId = message.transactionId();
        fingerprint = message.hasFingerprint();
    }

    long nowNanos() {
        return nowNanos;
    }

    Client from() {
        return from;
    }

    /** A view of the caller's bytes: not to be read any more when {@link TurnServer#handlePacket} has returned. */
    StunMessage message() {
        return message;
    }

    int type() {
        return type;
    }

    byte[] transactionId() {
        return transactionId;
    }

    boolean isTransaction(byte @Nullable [] id) {
        return Arrays.equals(transactionId, id);
    }

    boolean hasFingerprint() {
        return fingerprint;
    }

    /** Who sent it; empty before it is known. */
    String username() {
        return username;
    }

    /** What answers are signed with; null: they are not signed. */
    byte @Nullable [] key() {
        return key;
    }

    /** Whether answers are signed with MESSAGE-INTEGRITY-SHA256. */
    boolean isSha256() {
        return sha256;
    }

    void authenticated(String as, byte[] with, boolean withSha256) {
        username = as;
        key = with;
        sha256 = withSha256;
    }

    /** The allocation of its 5-tuple; null if there is none. */
    @Nullable
    Allocation allocation() {
        return from.allocation();
    }

    boolean has(int attribute) {
        return message.has(attribute);
    }

    /** The first byte of an attribute of this length; -1 if it is absent or of another length. */
    int firstByte(int attribute, int lengthBytes) {
        int at = message.find(attribute);
        return at == StunMessage.ABSENT || message.valueLength(at) != lengthBytes
                ? -1
                : message.buffer()[message.valueOffset(at)] & 0xFF;
    }

    /** The first XOR-PEER-ADDRESS; null if there is none or an unreadable one. */
    @Nullable
    TransportAddress peer() {
        int at = message.find(StunAttribute.XOR_PEER_ADDRESS);
        return at == StunMessage.ABSENT ? null : addressAt(at);
    }

    /** Every XOR-PEER-ADDRESS in order; null if one is unreadable. */
    @Nullable
    List<TransportAddress> peers() {
        List<TransportAddress> peers = new ArrayList<>(2);
        int at = message.find(StunAttribute.XOR_PEER_ADDRESS);
        while (at != StunMessage.ABSENT) {
            TransportAddress peer = addressAt(at);
            if (peer == null) {
                return null;
            }
            peers.add(peer);
            at = message.findNext(StunAttribute.XOR_PEER_ADDRESS, at);
        }
        return peers;
    }

    private @Nullable TransportAddress addressAt(int at) {
        return message.family(at) == 0
                ? null
                : new TransportAddress(message.xorHigh(at), message.xorLow(at), message.xorPort(at));
    }
}
