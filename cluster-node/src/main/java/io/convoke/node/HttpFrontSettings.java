package io.convoke.node;

import io.convoke.http.EdgeHttp;
import io.convoke.http.HttpSettings;
import io.convoke.http.state.StateSettings;
import io.convoke.http.tls.GeneratedCertificate;
import io.convoke.http.tls.PemPaths;
import io.convoke.http.webbridge3.JoinSettings;
import io.convoke.http.webbridge3.SessionLimits;
import io.convoke.node.settings.NodeSettings;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The node's settings in the words of the HTTP module. */
final class HttpFrontSettings {
    /** The web bridge's own time-out comes first: it knows why. */
    private static final Duration LONGER_THAN_THE_WEB_BRIDGE = Duration.ofSeconds(5);

    private static final String NO_FRAMES = "'none'";

    private HttpFrontSettings() {}

    /** TLS everywhere but on a loopback address, and there where it is wished. */
    static HttpSettings server(NodeSettings settings, boolean loopback, Instant now) throws StartFailure {
        NodeSettings.Http http = settings.http();
        PemPaths tls = loopback && !http.tlsOnLoopback() ? null : certificate(settings, now);
        return new HttpSettings(
                http.host(), http.port(), tls, http.requestTimeout(), http.idleTimeout(), http.maxConnections());
    }

    static StateSettings state(NodeSettings.Http http) {
        StateSettings defaults = StateSettings.defaults();
        return new StateSettings(http.stateTimeout(), defaults.heartbeat(), defaults.eventBuffer());
    }

    static EdgeHttp.Settings edge(NodeSettings settings) {
        NodeSettings.Http http = settings.http();
        NodeSettings.Session session = settings.session();
        return new EdgeHttp.Settings(
                new JoinSettings(
                        http.maxBodyBytes(),
                        http.requestTimeout(),
                        http.joinTimeout().plus(LONGER_THAN_THE_WEB_BRIDGE)),
                new SessionLimits(
                        session.authenticationTimeout(),
                        session.pingInterval(),
                        session.silence(),
                        session.maxMessageBytes(),
                        session.messagesPerSecond(),
                        session.maxQueuedMessages(),
                        session.maxQueuedBytes()),
                http.publicOrigin(),
                NO_FRAMES);
    }

    private static @Nullable PemPaths certificate(NodeSettings settings, Instant now) throws StartFailure {
        NodeSettings.Pem pem = settings.http().pem();
        if (pem.isConfigured()) {
            return new PemPaths(Path.of(pem.certificate()), Path.of(pem.key()));
        }
        Path folder = settings.data().resolve("certs");
        try {
            return GeneratedCertificate.ensure(
                    folder, "https", names(settings.http().host()), now);
        } catch (UncheckedIOException failure) {
            throw StartFailure.of("The HTTPS certificate cannot be written to " + folder, failure);
        }
    }

    /** What people may call this machine, so that the browser complains about the unknown issuer only. */
    private static List<String> names(String host) throws StartFailure {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1"));
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            names.add(host);
        }
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            // A machine whose own name does not resolve is reached by its addresses.
        }
        for (InetAddress address : MediaAddresses.of(List.of())) {
            names.add(address.getHostAddress());
        }
        return List.copyOf(names);
    }
}
