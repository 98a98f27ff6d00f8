package io.convoke.protocols.turn;

/** What an allocation relayed; counted by the owner on its thread, read by others through snapshots. Bytes are those of the payloads. */
public final class Traffic {
    /** From the client to peers. */
    public long toPeerPackets;

    /** From the client to peers. */
    public long toPeerBytes;

    /** From peers to the client. */
    public long toClientPackets;

    /** From peers to the client. */
    public long toClientBytes;

    /** Not permitted, over the bandwidth, or unsendable; both ways. */
    public long droppedPackets;
}
