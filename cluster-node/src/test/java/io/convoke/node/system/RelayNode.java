package io.convoke.node.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.turn.TurnLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node that is a relay and nothing else, as {@code conf/turn.conf} makes it, and what the environment says. */
final class RelayNode implements AutoCloseable {
    static final TurnLogin ANN = new TurnLogin("ann", "swordfish-of-the-relay");
    static final String REALM = "relay.test";
    static final String LOCALHOST = "127.0.0.1";

    private final NodeProcess process;
    private final int port;
    private final int tlsPort;
    private final String origin;

    private RelayNode(NodeProcess process, int port, int tlsPort) {
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
        try {
            this.origin = process.awaitReady();
        } catch (AssertionError failure) {
            process.close();
            throw failure;
        }
    }

    /** With these variables beside user, realm and ports; they win. */
    static RelayNode start(String name, Path folder, Map<String, String> environment) {
        return start(name, folder, NodeProcess.ROOT.resolve("conf/turn.conf"), environment);
    }

    /** The same with settings on top of {@code conf/turn.conf}. */
    static RelayNode start(String name, Path folder, String settings, Map<String, String> environment) {
        try {
            Path made = Files.createDirectories(folder);
            return start(name, made, Configuration.write(made, name, "turn.conf", settings), environment);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static RelayNode start(String name, Path folder, Path configuration, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "TURN_CREDENTIALS",
                ANN.name() + ":" + ANN.password(),
                "TURN_REALM",
                REALM,
                "TURN_PORT",
                Integer.toString(Configuration.freePort()),
                "TURN_TLS_PORT",
                Integer.toString(Configuration.freePort())));
        all.putAll(environment);
        List<String> command = new ArrayList<>(List.of(
                NodeProcess.ROOT.resolve("convoke").toString(),
                "run",
                "--config",
                configuration.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--http",
                "0"));
        return new RelayNode(
                NodeProcess.start(name, command, all),
                Integer.parseInt(all.get("TURN_PORT")),
                Integer.parseInt(all.get("TURN_TLS_PORT")));
    }

    NodeProcess process() {
        return process;
    }

    Api api() {
        return new Api(origin);
    }

    int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    /** Where it takes UDP and TCP. */
    InetSocketAddress address() {
        return new InetSocketAddress(LOCALHOST, port);
    }

    /** Where it takes TLS and DTLS. */
    InetSocketAddress tlsAddress() {
        return new InetSocketAddress(LOCALHOST, tlsPort);
    }

    /** The relay in the state. */
    JsonNode relay() throws Exception {
        return api().state("/state/relays").path("relays").path(0);
    }

    /** Its allocations in the state, at most as many as one page shows. */
    JsonNode allocations() throws Exception {
        return api().state("/state/relays/" + relay().path("id").asText() + "/allocations");
    }

    /** How many allocations there are. */
    int allocationCount() throws Exception {
        return allocations().path("total").asInt(-1);
    }

    @Override
    public void close() {
        process.close();
    }

    static InetAddress loopback(int second, int third, int fourth) {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) second, (byte) third, (byte) fourth});
        } catch (UnknownHostException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
