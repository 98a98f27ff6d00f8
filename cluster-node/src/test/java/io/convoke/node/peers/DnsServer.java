package io.convoke.node.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** dnsmasq, which knows what it is told here, and answers NXDOMAIN to everything else. */
public final class DnsServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final int port = Ports.free();
    private final PeerProcess process;

    private DnsServer(Path folder, Records records) {
        Path configuration = folder.resolve("dnsmasq.conf");
        try {
            Files.writeString(configuration, """
                    port=%d
                    listen-address=127.0.0.1
                    bind-interfaces
                    no-resolv
                    no-hosts
                    keep-in-foreground
                    log-facility=-
                    log-queries
                    pid-file=%s
                    user=%s
                    local-ttl=%d
                    local=/test/
                    %s
                    """.formatted(
                            port,
                            folder.resolve("dnsmasq.pid"),
                            System.getProperty("user.name"),
                            records.ttlSeconds,
                            String.join("\n", records.lines)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        process = PeerProcess.start(
                "dnsmasq",
                folder,
                Map.of(),
                List.of(Programs.require("dnsmasq", "dnsmasq-base").toString(), "--conf-file=" + configuration));
    }

    /** Skips the test, or fails it under {@code CI=true}, where dnsmasq is missing. */
    public static void require() {
        Programs.require("dnsmasq", "dnsmasq-base");
    }

    /** Returns once it answers. The folder is this server's alone. */
    public static DnsServer start(Path folder, Records records) {
        DnsServer server = new DnsServer(folder, records);
        try {
            server.process.awaitLine("started, version", START);
            return server;
        } catch (AssertionError failure) {
            server.close();
            throw failure;
        }
    }

    /** UDP and TCP on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** A line for each question and answer so far, such as {@code query[SRV] _x._tcp.example.test from 127.0.0.1}. */
    public List<String> log() {
        return process.lines();
    }

    @Override
    public void close() {
        process.close();
    }

    /** What the server knows; every name is under {@code test}. */
    public static final class Records {
        private final int ttlSeconds;
        private final List<String> lines = new ArrayList<>();

        public Records(int ttlSeconds) {
            this.ttlSeconds = ttlSeconds;
        }

        public Records srv(String name, int priority, int weight, int port, String target) {
            return line("srv-host=" + name + "," + target + "," + port + "," + priority + "," + weight);
        }

        /** The target is the root: the service is decidedly not there (RFC 2782). */
        public Records noService(String name) {
            return line("srv-host=" + name);
        }

        public Records address(String name, String address) {
            return line("host-record=" + name + "," + address);
        }

        public Records alias(String name, String target) {
            return line("cname=" + name + "," + target);
        }

        /** The name exists, but has records of other types only. */
        public Records other(String name) {
            return line("txt-record=" + name + ",other");
        }

        private Records line(String line) {
            lines.add(line);
            return this;
        }
    }
}
