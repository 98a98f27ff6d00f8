package io.convoke.media.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Receives for all clients on one thread. With a thread for each, a packet to 20 clients on loopback wakes 20 threads, which the sender
 * pays for and which take its core from it: a load generator would measure itself.
 */
final class SoftReceiver {
    interface Input {
        /** On the receiving thread; the array is the receiver's. */
        void received(byte[] bytes, int length, SocketAddress from);
    }

    static final SoftReceiver SHARED = new SoftReceiver();

    private record Registration(DatagramChannel channel, Input input) {}

    private final Selector selector;
    private final Queue<Registration> fresh = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    private final byte[] bytes = new byte[2048];

    private SoftReceiver() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "soft-receive");
        thread.setDaemon(true);
        thread.start();
    }

    /** Until the channel, which does not block, is closed. */
    void register(DatagramChannel channel, Input input) {
        fresh.add(new Registration(channel, input));
        selector.wakeup();
    }

    private void run() {
        while (true) {
            try {
                selector.select(this::drain);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            for (Registration next = fresh.poll(); next != null; next = fresh.poll()) {
                try {
                    next.channel.register(selector, SelectionKey.OP_READ, next.input);
                } catch (ClosedChannelException closedAlready) {
                    // Nothing will come.
                }
            }
        }
    }

    private void drain(SelectionKey key) {
        try {
            DatagramChannel channel = (DatagramChannel) key.channel();
            buffer.clear();
            for (SocketAddress from = channel.receive(buffer); from != null; from = channel.receive(buffer)) {
                int length = buffer.flip().remaining();
                buffer.get(bytes, 0, length);
                ((Input) key.attachment()).received(bytes, length, from);
                buffer.clear();
            }
        } catch (IOException closedMeanwhile) {
            key.cancel();
        }
    }
}
