package io.convoke.node.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Messages one behind the other on TCP or TLS; ChannelData is filled up to a multiple of four bytes (RFC 8656 §12.5). */
final class StreamPipe implements TurnPipe {
    private static final int STUN_HEADER_BYTES = 20;
    private static final int CHANNEL_HEADER_BYTES = 4;

    private final Socket socket;
    private byte[] buffer = new byte[4096];
    private int size;

    StreamPipe(Socket socket) {
        this.socket = socket;
    }

    @Override
    public void send(byte[] message) throws IOException {
        socket.getOutputStream().write(Arrays.copyOf(message, padded(message.length)));
        socket.getOutputStream().flush();
    }

    @Override
    public byte @Nullable [] receive(Duration bound) throws IOException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            byte[] whole = next();
            if (whole != null) {
                return whole;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || !read(left)) {
                return null;
            }
        }
    }

    /** What has come and was not asked for as a message, such as the data behind a ConnectionBind. */
    byte[] rest() {
        byte[] rest = Arrays.copyOf(buffer, size);
        size = 0;
        return rest;
    }

    Socket socket() {
        return socket;
    }

    private boolean read(long nanos) throws IOException {
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * size);
        }
        socket.setSoTimeout((int) Math.max(1, nanos / 1_000_000));
        try {
            int read = socket.getInputStream().read(buffer, size, buffer.length - size);
            size += Math.max(0, read);
            return read > 0;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    private byte @Nullable [] next() {
        if (size < CHANNEL_HEADER_BYTES) {
            return null;
        }
        boolean channelData = (buffer[0] & 0xC0) == 0x40;
        int length = (buffer[2] & 0xFF) << 8 | buffer[3] & 0xFF;
        int bytes = length + (channelData ? CHANNEL_HEADER_BYTES : STUN_HEADER_BYTES);
        if (size < padded(bytes)) {
            return null;
        }
        byte[] message = Arrays.copyOf(buffer, bytes);
        size -= padded(bytes);
        System.arraycopy(buffer, padded(bytes), buffer, 0, size);
        return message;
    }

    private static int padded(int bytes) {
        return bytes + 3 & ~3;
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // Closed by the relay before.
        }
    }
}
