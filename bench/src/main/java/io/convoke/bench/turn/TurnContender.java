package io.convoke.bench.turn;

import io.convoke.bench.ProcessTree;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One server under load, in a process of its own, on loopback. */
record TurnContender(String name, Process process, Ports ports) implements AutoCloseable {
    static final String USER = "bench";
    static final String PASSWORD = "bench-password";
    static final String REALM = "bench";

    private static final long START_SECONDS = 30;
    /** A STUN Binding request: whoever listens answers. */
    private static final byte[] HELLO = {
        0, 1, 0, 0, 0x21, 0x12, (byte) 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    };

    /** UDP, and TLS on TCP. Taken at random: coturn shares a port with whoever has it already and says nothing. */
    record Ports(int udp, int tls) {
        static Ports free() throws IOException {
            return new Ports(freePort(), freePort());
        }

        private static int freePort() throws IOException {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    /** What the load talks to. */
    record Target(String name, int port) {}

    /** Starts it, and waits until it answers. What it says goes to {@code <name>.log} in the folder. */
    static TurnContender start(String name, Path folder, List<String> command, Ports ports) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        TurnContender contender = new TurnContender(name, process, ports);
        if (!contender.answers()) {
            contender.close();
            throw new IOException("Expected " + name + " to start; what it said is in " + folder);
        }
        return contender;
    }

    Target udp() {
        return new Target(name, ports.udp());
    }

    Target tls() {
        return new Target(name, ports.tls());
    }

    long pid() {
        return process.pid();
    }

    long residentBytes() {
        return new ProcessTree(process.toHandle()).residentBytes();
    }

    private boolean answers() throws IOException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(200);
            while (process.isAlive() && System.nanoTime() - deadlineNanos < 0) {
                socket.send(new DatagramPacket(
                        HELLO, HELLO.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.udp())));
                try {
                    socket.receive(new DatagramPacket(new byte[512], 512));
                    return true;
                } catch (SocketTimeoutException notYet) {
                    // asks again
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
