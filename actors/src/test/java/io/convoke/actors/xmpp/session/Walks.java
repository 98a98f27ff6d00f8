package io.convoke.actors.xmpp.session;

import io.convoke.actors.dns.DnsResolver;
import io.convoke.actors.dns.NameLookup;
import io.convoke.media.xmpp.dial.DialTls;
import io.convoke.media.xmpp.dial.StreamDialer;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Registrations for tests: quick bounds, and everything that a case may change. */
final class Walks implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final String DOMAIN = "chat.example.test";
    static final String NAME = "callbridge1.example.test";
    static final String SECRET = "s3cret-of-tests";

    static final RegistrationSettings.Bounds QUICK = new RegistrationSettings.Bounds(
            millis(700), millis(1500), millis(1500), millis(400), millis(600), millis(200), millis(1000));

    final TestCertificates authority = new TestCertificates("Test CA");
    final TestCertificates.Identity own =
            authority.issue(new TestCertificates.Wanted("callbridge").names("callbridge1.example.test"));
    final StreamDialer dialer = new StreamDialer(1 << 20);

    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    static RegistrationSettings settings(String address) {
        return new RegistrationSettings(
                NAME, DOMAIN, SECRET, address, null, Set.of(), true, new StreamLimits(65536, 50, 50, 2000), QUICK);
    }

    static RegistrationSettings plain(String address) {
        RegistrationSettings tls = settings(address);
        return new RegistrationSettings(
                tls.uniqueName(),
                tls.domain(),
                tls.secret(),
                address,
                null,
                Set.of(ServerAddress.parse(address, 5223).orElseThrow()),
                true,
                tls.limits(),
                tls.bounds());
    }

    static NameLookup resolver(int port) {
        return new DnsResolver(List.of(new InetSocketAddress("127.0.0.1", port)), Duration.ofMillis(500), 2);
    }

    /** No name server at all: address literals and the hosts file. */
    static NameLookup hostsOnly() {
        return new DnsResolver(List.of(new InetSocketAddress("127.0.0.1", 1)), Duration.ofMillis(300), 1);
    }

    DialTls tls(X509Certificate... anchors) {
        return new DialTls(
                own.key(),
                own.chain(),
                Set.of(anchors.length == 0 ? new X509Certificate[] {authority.certificate()} : anchors),
                "the trust bundle",
                InstantSource.system());
    }

    RegistrationWalk walk(RegistrationSettings settings, NameLookup names) {
        DialTls tls = tls();
        return new RegistrationWalk(settings, names, dialer, () -> CompletableFuture.completedFuture(tls));
    }

    /** Registered, or the first round over. */
    static final Predicate<RegistrationView> DECIDED = view -> !view.state().equals("connecting");

    static RegistrationView decided(RegistrationWalk walk) throws InterruptedException {
        return walk.until(DECIDED, PATIENCE, view -> {});
    }

    @Override
    public void close() {
        dialer.close();
    }
}
