package io.convoke.media.relay.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one connection's messages into batches, one write for each; knows how much waits for a peer that does not read. With TLS each message becomes a
 * record of its own, as there are clients that take a record for a message (coturn's).
 */
final class StreamOutbox {
    private static final int FIRST_BYTES = 2048;
    /** TLS's longest record holds so much; the allocator's caches hold such buffers. */
    private static final int FULL_BYTES = 16 << 10;

    private final Channel channel;
    private final boolean records;
    private @Nullable ByteBuf batch;
    /** Handed over in this round, and not yet told to go. */
    private long roundBytes;

    private long takenBytes;

    /** @param records whether it is TLS */
    StreamOutbox(Channel channel, boolean records) {
        this.channel = channel;
        this.records = records;
    }

    /** What waits in this process: gathered here, or handed over and not yet taken by the system. */
    long queuedBytes() {
        return (batch == null ? 0 : batch.readableBytes()) + roundBytes + pendingBytes();
    }

    /** A number that becomes larger when the peer reads, and not otherwise. */
    long progress() {
        return takenBytes - roundBytes - pendingBytes();
    }

    /** A place for one message; the caller writes exactly so much before anything else happens here. */
    ByteBuf room(int paddedBytes) {
        if (records) {
            handOver();
        }
        ByteBuf room = batch;
        if (room != null && room.readableBytes() + paddedBytes > FULL_BYTES) {
            flush();
            room = null;
        }
        if (room == null) {
            room = channel.alloc().directBuffer(records ? paddedBytes : Math.max(FIRST_BYTES, paddedBytes));
            batch = room;
        }
        return room;
    }

    void flush() {
        handOver();
        if (roundBytes > 0) {
            roundBytes = 0;
            channel.flush();
        }
    }

    private void handOver() {
        ByteBuf gathered = batch;
        if (gathered != null) {
            batch = null;
            takenBytes += gathered.readableBytes();
            roundBytes += gathered.readableBytes();
            ChannelFuture ignored = channel.write(gathered, channel.voidPromise());
        }
    }

    void discard() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    private long pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes();
    }
}
