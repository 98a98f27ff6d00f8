package io.convoke.node.turn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A peer of UDP that returns whatever comes to whoever sent it. */
public final class EchoPeer implements AutoCloseable {
    private final DatagramSocket socket;
    private final AtomicLong received = new AtomicLong();

    public EchoPeer(InetAddress address) {
        try {
            socket = new DatagramSocket(0, address);
            socket.setReceiveBufferSize(4 << 20);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread thread = new Thread(this::echo, "echo-peer");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public long received() {
        return received.get();
    }

    /** Sends without having been asked. */
    public void send(InetSocketAddress to, byte[] data) {
        try {
            socket.send(new DatagramPacket(data, data.length, to));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void echo() {
        byte[] buffer = new byte[65_535];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                received.incrementAndGet();
                socket.send(packet);
            } catch (IOException gone) {
                // Closed, or the sender is no longer there; the next one may be.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
