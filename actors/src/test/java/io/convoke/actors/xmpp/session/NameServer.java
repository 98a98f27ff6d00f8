package io.convoke.actors.xmpp.session;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real name server (dnsmasq) that knows the records of one test, and nothing else. */
final class NameServer implements AutoCloseable {
    private static final String DNSMASQ = "/usr/sbin/dnsmasq";

    private final Program program;
    private final int port;

    private NameServer(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    /** {@code options} as on dnsmasq's command line: {@code --srv-host=…}, {@code --host-record=…}, {@code --cname=…}, {@code --local=…}. */
    static NameServer start(Path folder, String... options) throws IOException {
        Program.require(DNSMASQ, "dnsmasq-base");
        int port = Program.freePort();
        List<String> command = new ArrayList<>(List.of(
                DNSMASQ,
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file",
                "--no-resolv",
                "--no-hosts",
                "--listen-address=127.0.0.1",
                "--bind-interfaces",
                "--port=" + port,
                "--local-ttl=60",
                "--user=root",
                "--log-facility=-"));
        command.addAll(List.of(options));
        Program program = Program.start(folder, command).awaiting("dnsmasq to listen", () -> answers(port));
        return new NameServer(program, port);
    }

    private static boolean answers(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A port at which questions come in, and are never answered. */
    static DatagramSocket silent() throws IOException {
        return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        program.close();
    }
}
