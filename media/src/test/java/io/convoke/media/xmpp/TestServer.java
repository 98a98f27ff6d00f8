package io.convoke.media.xmpp;

import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Listeners of a test, with short times. */
final class TestServer implements AutoCloseable {
    private static final StreamLimits LIMITS = new StreamLimits(64 << 10, 32, 32, 1024);

    final TestPort port = new TestPort();
    final XmppListeners listeners;

    TestServer() throws Exception {
        this(false, TestServer.identity(TestIdentity.of("example.org")));
    }

    TestServer(boolean requireClientCertificate, XmppIdentity identity) {
        this(settings(requireClientCertificate, components(2000), clients(2000, 100_000)), identity);
    }

    TestServer(XmppServerSettings settings, XmppIdentity identity) {
        listeners = new XmppListeners(settings, identity, port);
    }

    static XmppIdentity identity(TestIdentity own, X509Certificate... trust) {
        return new XmppIdentity(own.pair().getPrivate(), List.of(own.certificate()), List.of(trust));
    }

    static XmppServerSettings settings(
            boolean requireClientCertificate,
            XmppServerSettings.Components components,
            XmppServerSettings.Clients clients) {
        return new XmppServerSettings(TestPort.DOMAIN, requireClientCertificate, components, clients);
    }

    static XmppServerSettings.Components components(int timeoutMillis) {
        Duration timeout = Duration.ofMillis(timeoutMillis);
        return new XmppServerSettings.Components(
                2, LIMITS, timeout, 8 << 10, Duration.ofSeconds(60), Duration.ofMillis(500), timeout, 16, 100, 50);
    }

    static XmppServerSettings.Clients clients(int timeoutMillis, int stanzasPerSecond) {
        Duration timeout = Duration.ofMillis(timeoutMillis);
        return new XmppServerSettings.Clients(
                2,
                false,
                List.of("SCRAM-SHA-256", "PLAIN", "ANONYMOUS"),
                LIMITS,
                timeout,
                8 << 10,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                timeout,
                16,
                256 << 10,
                stanzasPerSecond,
                stanzasPerSecond,
                100,
                50);
    }

    InetSocketAddress bind(Listener.Kind kind) throws Exception {
        return listeners
                .bind(new Listener(kind, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        listeners.close();
    }
}
