package io.convoke.node.turn;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One message to a datagram. */
final class UdpPipe implements TurnPipe {
    private final DatagramSocket socket;
    private final InetSocketAddress relay;
    private final byte[] buffer = new byte[65_535];

    UdpPipe(InetSocketAddress local, InetSocketAddress relay) throws IOException {
        this.socket = new DatagramSocket(local);
        this.relay = relay;
        socket.connect(relay);
    }

    @Override
    public void send(byte[] message) throws IOException {
        try {
            socket.send(new DatagramPacket(message, message.length, relay));
        } catch (PortUnreachableException restarted) {
            // Of a message before this one: the relay was not there. This one is lost, as any may be.
        }
    }

    @Override
    public byte @Nullable [] receive(Duration bound) throws IOException {
        socket.setSoTimeout((int) Math.max(1, bound.toMillis()));
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
            return Arrays.copyOf(buffer, packet.getLength());
        } catch (SocketTimeoutException | PortUnreachableException nothing) {
            return null;
        }
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() {
        socket.close();
    }
}
