package io.convoke.protocols.turn;

import io.convoke.protocols.wire.BigEndian;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a TCP or TLS connection into STUN messages and ChannelData messages, however the bytes arrive
 * (RFC 8656 §12.5, RFC 8489 §6.2.2). Whole messages are handed on from the caller's array; only one that came in part is
 * kept, in a buffer that grows with what has arrived, never with what was announced. One thread.
 */
public final class StreamFraming {
    /** Whoever takes the messages. */
    @FunctionalInterface
    public interface Sink {
        /** One whole message without what filled it up. The bytes are valid during the call only. */
        void message(byte[] bytes, int offset, int length);
    }

    /** Why a stream cannot go on. */
    public enum Failure {
        /** The next message begins as neither STUN nor ChannelData does. */
        NOT_TURN,
        /** A STUN message whose length is no multiple of 4 or whose magic cookie is another. */
        BAD_STUN,
        /** A message longer than the limit. */
        TOO_LONG
    }

    /** In place of a size: more bytes are needed to tell. */
    public static final int INCOMPLETE = 0;

    private static final int STUN_HEADER_BYTES = 20;
    private static final int FIRST_WORD_BYTES = 4;
    private static final int COOKIE_END = 8;
    private static final int MAGIC_COOKIE = 0x2112A442;
    private static final int LEAST_BUFFER_BYTES = 64;
    private static final byte[] NOTHING = new byte[0];

    private final int maxMessageBytes;
    private byte[] partial = NOTHING;
    private int partialBytes;
    private boolean stopped;
    private @Nullable Failure failure;

    /** @param maxMessageBytes longest message taken, header included; at least 20 */
    public StreamFraming(int maxMessageBytes) {
        if (maxMessageBytes < STUN_HEADER_BYTES) {
            throw new IllegalArgumentException("Expected a limit of at least 20 bytes, but got " + maxMessageBytes);
        }
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Takes the next bytes of the stream and hands on every message they complete.
     *
     * @return how many bytes it has taken: all of them, unless the sink called {@link #stop} or the stream failed
     */
    public int take(byte[] chunk, int offset, int length, Sink sink) {
        int at = offset;
        int end = offset + length;
        while (at < end && !stopped && failure == null) {
            at = partialBytes > 0 ? complete(chunk, at, end, sink) : direct(chunk, at, end, sink);
        }
        return at - offset;
    }

    /**
     * Called by the sink when what follows its message is no longer TURN, such as behind a ConnectionBind (RFC 6062
     * §4.4): {@link #take} returns with the rest untouched, and takes nothing any more.
     */
    public void stop() {
        stopped = true;
        partial = NOTHING;
        partialBytes = 0;
    }

    /** Why the stream has to be closed; null while all is well. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Bytes kept of a message that is not yet complete. */
    public int buffered() {
        return partialBytes;
    }

    /** Size on the stream of the message these four bytes begin, filling included; -1 if they begin none. */
    public static int size(int firstWord) {
        int length = firstWord & 0xFFFF;
        if (firstWord >>> 30 == 0) {
            return (length & 3) == 0 ? STUN_HEADER_BYTES + length : -1;
        }
        return ChannelData.isNumber(firstWord >>> 16)
                ? ChannelData.HEADER_BYTES + length + ChannelData.padding(length)
                : -1;
    }

    private int direct(byte[] chunk, int from, int end, Sink sink) {
        int available = end - from;
        int size = size(chunk, from, available);
        if (failure != null) {
            return from;
        }
        if (size == INCOMPLETE || size > available) {
            keep(chunk, from, available);
            return end;
        }
        sink.message(chunk, from, bare(BigEndian.i32(chunk, from)));
        return from + size;
    }

    private int complete(byte[] chunk, int from, int end, Sink sink) {
        int at = from;
        int size = size(partial, 0, partialBytes);
        while (failure == null && size == INCOMPLETE && at < end) {
            keep(chunk, at++, 1); // at most the first eight bytes
            size = size(partial, 0, partialBytes);
        }
        if (failure != null || size == INCOMPLETE) {
            return at;
        }
        int missing = Math.min(size - partialBytes, end - at);
        keep(chunk, at, missing);
        at += missing;
        if (partialBytes == size) {
            byte[] message = partial;
            partial = NOTHING; // an idle connection holds no memory
            partialBytes = 0;
            sink.message(message, 0, bare(BigEndian.i32(message, 0)));
        }
        return at;
    }

    /** Size of the message that begins here, or {@link #INCOMPLETE}; sets {@link #failure} if it is none. */
    private int size(byte[] bytes, int at, int available) {
        if (available < FIRST_WORD_BYTES) {
            return isTurn(bytes[at]) ? INCOMPLETE : fail(Failure.NOT_TURN);
        }
        int firstWord = BigEndian.i32(bytes, at);
        boolean stun = firstWord >>> 30 == 0;
        int size = size(firstWord);
        if (size < 0) {
            return fail(stun ? Failure.BAD_STUN : Failure.NOT_TURN);
        }
        if (stun && available < COOKIE_END) {
            return INCOMPLETE;
        }
        if (stun && BigEndian.i32(bytes, at + FIRST_WORD_BYTES) != MAGIC_COOKIE) {
            return fail(Failure.BAD_STUN);
        }
        return bare(firstWord) > maxMessageBytes ? fail(Failure.TOO_LONG) : size;
    }

    private int fail(Failure why) {
        failure = why;
        partial = NOTHING;
        partialBytes = 0;
        return INCOMPLETE;
    }

    private void keep(byte[] chunk, int from, int length) {
        int needed = partialBytes + length;
        if (needed > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(Math.max(needed, LEAST_BUFFER_BYTES), 2 * partial.length));
        }
        System.arraycopy(chunk, from, partial, partialBytes, length);
        partialBytes = needed;
    }

    private static int bare(int firstWord) {
        return (firstWord >>> 30 == 0 ? STUN_HEADER_BYTES : ChannelData.HEADER_BYTES) + (firstWord & 0xFFFF);
    }

    private static boolean isTurn(byte first) {
        return (first & 0x80) == 0;
    }
}
