package io.convoke.media.xmpp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is to be sent to one channel into one buffer, and hands it over at once: a write for each batch instead of each stanza. Owns the buffer until
 * then. Not thread-safe; the channel may be on another event loop than the one that gathers.
 */
final class Outbox {
    private static final int FIRST_BYTES = 512;
    /** A buffer that has so much is handed over, and the next one begun: larger ones would not come from the allocator's caches. */
    private static final int FULL_BYTES = 16 << 10;

    private @Nullable ByteBuf batch;

    void append(Channel channel, byte[] bytes) {
        if (batch == null) {
            batch = channel.alloc().directBuffer(Math.max(FIRST_BYTES, bytes.length));
        }
        batch.writeBytes(bytes);
        if (batch.readableBytes() >= FULL_BYTES) {
            write(channel);
        }
    }

    /** Hands over what was gathered, without flushing. */
    void write(Channel channel) {
        ByteBuf gathered = batch;
        if (gathered != null) {
            batch = null;
            ChannelFuture ignored = channel.write(gathered, channel.voidPromise());
        }
    }

    /** Drops what was gathered. */
    void discard() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }
}
