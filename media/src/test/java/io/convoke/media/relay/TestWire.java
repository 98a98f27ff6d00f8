package io.convoke.media.relay;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** How a test's client reaches the server: whole messages there and back. */
interface TestWire extends AutoCloseable {
    InetSocketAddress local();

    void send(byte[] message) throws IOException;

    /** Throws {@link java.net.SocketTimeoutException} where nothing comes in time. */
    byte[] receive() throws IOException;

    void timeout(int millis) throws IOException;

    @Override
    void close() throws IOException;

    /** Datagrams. */
    final class Udp implements TestWire {
        private final InetSocketAddress server;
        private final DatagramSocket socket;
        private final byte[] buffer = new byte[65_536];

        Udp(InetSocketAddress server) throws IOException {
            this.server = server;
            socket = new DatagramSocket(0, server.getAddress());
            socket.setReceiveBufferSize(4 << 20);
        }

        @Override
        public InetSocketAddress local() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void send(byte[] message) throws IOException {
            socket.send(new DatagramPacket(message, message.length, server));
        }

        @Override
        public byte[] receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            return Arrays.copyOf(buffer, packet.getLength());
        }

        @Override
        public void timeout(int millis) throws IOException {
            socket.setSoTimeout(millis);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** A connection; with TLS where the socket has it. */
    final class Stream implements TestWire {
        private static final int STUN_HEADER_BYTES = 20;

        private final Socket socket;
        private final DataInputStream in;

        Stream(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
        }

        Socket socket() {
            return socket;
        }

        @Override
        public InetSocketAddress local() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void send(byte[] message) throws IOException {
            socket.getOutputStream().write(Arrays.copyOf(message, (message.length + 3) & -4));
        }

        @Override
        public byte[] receive() throws IOException {
            byte[] first = in.readNBytes(4);
            if (first.length < 4) {
                throw new java.io.EOFException("The server closed the connection");
            }
            int length = (first[2] & 0xFF) << 8 | (first[3] & 0xFF);
            int whole = (first[0] & 0x40) != 0 ? 4 + length : STUN_HEADER_BYTES + length;
            byte[] message = Arrays.copyOf(first, whole);
            in.readFully(message, 4, whole - 4);
            in.readNBytes(-whole & 3);
            return message;
        }

        @Override
        public void timeout(int millis) throws IOException {
            socket.setSoTimeout(millis);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
