package io.convoke.http.c2w;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wFailure.Reason;
import io.convoke.actors.c2w.C2wInbound;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.tls.PemFiles;
import io.convoke.http.tls.PemPaths;
import io.convoke.http.tls.TestPki;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class C2wTransportTest {
    private static final Duration YESTERDAY = Duration.ofDays(-1);
    private static final Duration TOMORROW = Duration.ofDays(1);
    private static final Duration NEVER_LONG = Duration.ofSeconds(15);
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = local"));

    @TempDir
    private static Path folder;

    private static TestPki authority;
    private static TestPki stranger;
    private static PemPaths bridge;
    private static PemPaths callbridge;
    private final TestProbe<Webbridge.Command> webbridge = KIT.createTestProbe();
    private final Heard heard = new Heard();
    private C2wSettings settings = C2wSettings.defaults();
    private C2wListener.Bound bound;

    @BeforeAll
    static void makeCertificates() {
        authority = new TestPki(folder, "authority");
        stranger = new TestPki(folder, "stranger");
        bridge = authority.issue("bridge", "localhost", YESTERDAY, TOMORROW);
        callbridge = authority.issue("callbridge", "core.example", YESTERDAY, TOMORROW);
    }

    @AfterAll
    static void stopSystem() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void reset() {
        bound = null;
    }

    @AfterEach
    void stopListener() throws Exception {
        if (bound != null) {
            bound.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldCarryMessagesBothWaysOverMutualTls() throws Exception {
        // given
        listen(tls(bridge, authority.bundle()));
        // when
        C2wConnection dialed = dial(tls(callbridge, authority.bundle()));
        Webbridge.LinkUp up = webbridge.expectMessageClass(Webbridge.LinkUp.class);
        C2wMessage hello = hello();
        dialed.send(hello);
        C2wMessage atBridge =
                webbridge.expectMessageClass(Webbridge.LinkMessage.class).message();
        C2wMessage answer = new C2wMessage.HelloAnswer(1, UUID.randomUUID(), "edge", "test", List.of());
        up.connection().send(answer);
        C2wMessage join = join(7);
        up.connection().send(join);
        // then
        assertThat(atBridge).isEqualTo(hello);
        assertThat(heard.next()).isEqualTo(answer);
        assertThat(heard.next()).isEqualTo(join);
        assertThat(dialed.peer().subject()).isEqualTo("CN=bridge");
        assertThat(dialed.peer().names()).containsExactly("localhost");
        assertThat(up.connection().peer().subject()).isEqualTo("CN=callbridge");
    }

    @Test
    void shouldTellBothSidesWhenOneCloses() throws Exception {
        // given
        listen(tls(bridge, authority.bundle()));
        C2wConnection dialed = dial(tls(callbridge, authority.bundle()));
        webbridge.expectMessageClass(Webbridge.LinkUp.class);
        // when
        dialed.close(new C2wFailure(Reason.CLOSED, "enough"));
        // then
        assertThat(heard.closed()).extracting(C2wFailure::words).isEqualTo("enough");
        assertThat(webbridge.expectMessageClass(Webbridge.LinkDown.class).why().reason())
                .isEqualTo(Reason.CLOSED);
    }

    @Test
    void shouldEndItsLinksWhenTheListenerStops() throws Exception {
        // given
        listen(tls(bridge, authority.bundle()));
        dial(tls(callbridge, authority.bundle()));
        webbridge.expectMessageClass(Webbridge.LinkUp.class);
        // when
        stopListener();
        // then
        assertThat(webbridge.expectMessageClass(Webbridge.LinkDown.class).why().words())
                .isEqualTo("The web bridge is stopping");
        assertThat(heard.closed().reason()).isEqualTo(Reason.CLOSED);
        bound = null;
    }

    @Test
    void shouldTakeAPeerWhoseVeryCertificateIsInTheBundle() throws Exception {
        // given
        listen(tls(bridge, callbridge.certificate()));
        // when
        C2wConnection dialed = dial(tls(callbridge, bridge.certificate()));
        // then
        assertThat(dialed.peer().subject()).isEqualTo("CN=bridge");
        webbridge.expectMessageClass(Webbridge.LinkUp.class);
    }

    @Test
    void shouldTakeRsaAsWell() throws Exception {
        // given
        listen(tls(authority.issue("rsa", "localhost", YESTERDAY, TOMORROW, "RSA"), authority.bundle()));
        // when
        C2wConnection dialed = dial(tls(callbridge, authority.bundle()));
        // then
        assertThat(dialed.peer().subject()).isEqualTo("CN=rsa");
    }

    @Test
    void shouldNameAnExpiredBridgeCertificate() throws Exception {
        listen(tls(authority.issue("old", "localhost", Duration.ofDays(-3), YESTERDAY), authority.bundle()));
        assertDialFails(tls(callbridge, authority.bundle()), Reason.CERTIFICATE_EXPIRED, "web bridge", "has expired");
        assertTrouble(Reason.CLIENT_CERTIFICATE_REFUSED, "callbridge did not take", "it has expired");
    }

    @Test
    void shouldNameAnExpiredBridgeCertificateThatIsInTheBundleItself() throws Exception {
        PemPaths old = authority.issue("old", "localhost", Duration.ofDays(-3), YESTERDAY);
        listen(tls(old, authority.bundle()));
        assertDialFails(tls(callbridge, old.certificate()), Reason.CERTIFICATE_EXPIRED, "has expired");
    }

    @Test
    void shouldNameAnExpiredCallbridgeCertificate() throws Exception {
        listen(tls(bridge, authority.bundle()));
        PemPaths old = authority.issue("old", "core.example", Duration.ofDays(-3), YESTERDAY);
        assertDialFails(
                tls(old, authority.bundle()),
                Reason.CLIENT_CERTIFICATE_REFUSED,
                "web bridge did not take",
                "it has expired");
        assertTrouble(Reason.CERTIFICATE_EXPIRED, "callbridge's certificate (CN=old) has expired");
    }

    @Test
    void shouldNameABridgeCertificateOfTomorrow() throws Exception {
        listen(tls(authority.issue("early", "localhost", TOMORROW, Duration.ofDays(2)), authority.bundle()));
        assertDialFails(tls(callbridge, authority.bundle()), Reason.CERTIFICATE_NOT_YET_VALID, "not valid yet");
        assertTrouble(Reason.CLIENT_CERTIFICATE_REFUSED, "not valid before");
    }

    @Test
    void shouldNameACallbridgeCertificateOfTomorrow() throws Exception {
        listen(tls(bridge, authority.bundle()));
        PemPaths early = authority.issue("early", "core.example", TOMORROW, Duration.ofDays(2));
        assertDialFails(tls(early, authority.bundle()), Reason.CLIENT_CERTIFICATE_REFUSED, "not valid before");
        assertTrouble(Reason.CERTIFICATE_NOT_YET_VALID, "callbridge's certificate (CN=early) is not valid yet");
    }

    @Test
    void shouldNameAnUntrustedBridge() throws Exception {
        listen(tls(stranger.issue("bridge", "localhost", YESTERDAY, TOMORROW), authority.bundle()));
        assertDialFails(
                tls(callbridge, authority.bundle()), Reason.UNTRUSTED, "is not in the callbridge's C2W trust bundle");
        assertTrouble(Reason.CLIENT_CERTIFICATE_REFUSED, "is it, or its issuer, in the callbridge's trust bundle");
    }

    @Test
    void shouldNameAnUntrustedCallbridge() throws Exception {
        listen(tls(bridge, authority.bundle()));
        PemPaths unknown = stranger.issue("unknown", "core.example", YESTERDAY, TOMORROW);
        assertDialFails(
                tls(unknown, authority.bundle()),
                Reason.CLIENT_CERTIFICATE_REFUSED,
                "in the web bridge's trust bundle?");
        assertTrouble(Reason.UNTRUSTED, "(CN=unknown) is not in the web bridge's C2W trust bundle authority-ca.crt");
    }

    @Test
    void shouldNameACertificateForAnotherHost() throws Exception {
        listen(tls(authority.issue("bridge", "other.example", YESTERDAY, TOMORROW), authority.bundle()));
        assertDialFails(
                tls(callbridge, authority.bundle()),
                Reason.NAME_MISMATCH,
                "Expected a certificate for localhost",
                "is for other.example");
        assertTrouble(Reason.CLIENT_CERTIFICATE_REFUSED, "is it for the name that was dialled?");
    }

    @Test
    void shouldTurnACallerWithoutCertificateAway() throws Exception {
        // given
        listen(tls(bridge, authority.bundle()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        var store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("a", PemFiles.certificates(authority.bundle()).get(0));
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        // when
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), bound.port())) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            socket.getOutputStream().write("GET /c2w HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException expected) {
            assertThat(expected).isNotNull();
        }
        // then
        assertTrouble(Reason.CLIENT_CERTIFICATE_REFUSED, "The callbridge presented no certificate");
    }

    @Test
    void shouldNameAMissingBundleOfTheBridge() throws Exception {
        listen(new C2wTls(bridge.certificate(), bridge.key(), null));
        assertTrouble(Reason.NOT_CONFIGURED, "no trust bundle is named");
        assertDialFails(
                tls(callbridge, authority.bundle()), Reason.NOT_CONFIGURED, "web bridge has no C2W certificate");
    }

    @Test
    void shouldNameAMissingBundleOfTheCallbridge() throws Exception {
        listen(tls(bridge, authority.bundle()));
        assertDialFails(
                new C2wTls(callbridge.certificate(), callbridge.key(), null),
                Reason.NOT_CONFIGURED,
                "no trust bundle is named");
        assertDialFails(
                tls(callbridge, folder.resolve("absent.crt")),
                Reason.NOT_CONFIGURED,
                "absent.crt, but there is no such file");
        webbridge.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void shouldTakeNewCertificatesWithTheNextConnection() throws Exception {
        // given
        PemPaths live = new PemPaths(folder.resolve("live.crt"), folder.resolve("live.key"));
        listen(tls(live, authority.bundle()));
        assertTrouble(Reason.NOT_CONFIGURED, "live.crt");
        // when
        Files.copy(bridge.key(), live.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(bridge.certificate(), live.certificate(), StandardCopyOption.REPLACE_EXISTING);
        C2wConnection dialed = dial(tls(callbridge, authority.bundle()));
        // then
        assertThat(dialed.peer().subject()).isEqualTo("CN=bridge");
        webbridge.expectMessageClass(Webbridge.LinkUp.class);
    }

    @Test
    void shouldSayThatTheFilesAreThereThoughNobodyDials() throws Exception {
        // given
        PemPaths late = new PemPaths(folder.resolve("late.crt"), folder.resolve("late.key"));
        listen(tls(late, authority.bundle()));
        assertTrouble(Reason.NOT_CONFIGURED, "late.crt");
        // when
        Files.copy(bridge.key(), late.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(bridge.certificate(), late.certificate(), StandardCopyOption.REPLACE_EXISTING);
        // then
        webbridge.expectMessageClass(Webbridge.ListenerReady.class, NEVER_LONG);
    }

    @Test
    void shouldNameAnUnresolvedNameAndAClosedPort() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertDialFails(
                URI.create("c2w://localhost:" + free),
                tls(callbridge, authority.bundle()),
                Reason.CONNECT_REFUSED,
                "Nothing listens at localhost:" + free);
        assertDialFails(
                URI.create("c2w://nowhere.invalid:6000"),
                tls(callbridge, authority.bundle()),
                Reason.DNS,
                "nowhere.invalid");
    }

    @Test
    void shouldGiveUpAServerThatDoesNotAnswer() throws Exception {
        settings = withConnectTimeout(Duration.ofMillis(300));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertDialFails(
                    URI.create("c2w://localhost:" + silent.getLocalPort()),
                    tls(callbridge, authority.bundle()),
                    Reason.CONNECT_TIMEOUT,
                    "did not answer within 300 ms");
        }
    }

    @Test
    void shouldNameAPlainHttpServer() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    InputStream in = socket.getInputStream();
                    assertThat(in.read()).isNotNegative();
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                    in.readAllBytes();
                } catch (IOException expected) {
                    // the dialler hangs up
                }
            });
            server.start();
            assertDialFails(
                    URI.create("c2w://localhost:" + plain.getLocalPort()),
                    tls(callbridge, authority.bundle()),
                    Reason.PROTOCOL,
                    "does not speak TLS (plain HTTP?)");
            server.join(10_000);
        }
    }

    @Test
    void shouldNameAPlainHttpCaller() throws Exception {
        // given
        listen(tls(bridge, authority.bundle()));
        // when
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bound.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            // then
            assertTrouble(Reason.PROTOCOL, "callbridge: it does not speak TLS (plain HTTP?)");
        }
    }

    @Test
    void shouldEndALinkWhosePeerSendsWhatItMayNot() throws Exception {
        // given
        listen(tls(bridge, authority.bundle()));
        C2wConnection dialed = dial(tls(callbridge, authority.bundle()));
        Webbridge.LinkUp up = webbridge.expectMessageClass(Webbridge.LinkUp.class);
        dialed.send(hello());
        webbridge.expectMessageClass(Webbridge.LinkMessage.class);
        up.connection().send(new C2wMessage.HelloAnswer(1, UUID.randomUUID(), "edge", "test", List.of()));
        // when
        up.connection().send(new C2wMessage.SessionEnd(UUID.randomUUID(), "left", "as if from a callbridge"));
        // then
        assertThat(heard.closed().reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(webbridge.expectMessageClass(Webbridge.LinkDown.class).why().reason())
                .isEqualTo(Reason.CLOSED);
    }

    @Test
    void shouldHangUpOnACallbridgeThatSaysNothing() throws Exception {
        // given
        settings = withHelloTimeout(Duration.ofMillis(200));
        listen(tls(bridge, authority.bundle()));
        settings = C2wSettings.defaults();
        // when
        dial(tls(callbridge, authority.bundle()));
        // then
        webbridge.expectMessageClass(Webbridge.LinkUp.class);
        C2wFailure why = webbridge.expectMessageClass(Webbridge.LinkDown.class).why();
        assertThat(why.words()).isEqualTo("Expected a hello within 200 ms, but none came");
    }

    @Test
    void shouldHangUpOnAPeerThatDoesNotRead() throws Exception {
        // given
        settings = withQueue(64, 1 << 20);
        try (NonReader nonReader = new NonReader(listenUrl())) {
            C2wConnection dialed = dial(nonReader.url(), tls(callbridge, authority.bundle()));
            C2wMessage big = new C2wMessage.SessionDown(UUID.randomUUID(), "x".repeat(60_000));
            dialed.send(hello());
            nonReader.stopReading();
            // when
            for (int i = 0; i < 1000 && !heard.isClosed(); i++) {
                dialed.send(big);
            }
            // then
            assertThat(heard.closed().words()).contains("does not read");
        }
    }

    private URI listenUrl() throws Exception {
        listen(tls(bridge, authority.bundle()));
        return bound.url("localhost");
    }

    private void listen(C2wTls files) throws Exception {
        bound = C2wListener.start(KIT.system(), "127.0.0.1", 0, files, settings, webbridge.ref())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private C2wConnection dial(C2wTls files) throws Exception {
        return dial(bound.url("localhost"), files);
    }

    private C2wConnection dial(URI url, C2wTls files) throws Exception {
        try {
            return new C2wDialerHttp(KIT.system(), files, settings)
                    .dial(url, heard)
                    .toCompletableFuture()
                    .get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CompletionException nested
                    ? (Exception) nested.getCause()
                    : (Exception) e.getCause();
        }
    }

    private void assertDialFails(C2wTls files, Reason reason, String... words) {
        assertDialFails(bound.url("localhost"), files, reason, words);
    }

    private void assertDialFails(URI url, C2wTls files, Reason reason, String... words) {
        C2wFailure failure =
                org.assertj.core.api.Assertions.catchThrowableOfType(C2wFailure.class, () -> dial(url, files));
        assertThat(failure.reason()).as(failure.words()).isEqualTo(reason);
        assertThat(failure.words()).contains(words);
    }

    private void assertTrouble(Reason reason, String... words) {
        C2wFailure why = webbridge
                .expectMessageClass(Webbridge.ListenerTrouble.class, NEVER_LONG)
                .why();
        assertThat(why.reason()).as(why.words()).isEqualTo(reason);
        assertThat(why.words()).contains(words);
    }

    private static C2wTls tls(PemPaths identity, Path trust) {
        return new C2wTls(identity.certificate(), identity.key(), trust);
    }

    private static C2wMessage hello() {
        return new C2wMessage.Hello(1, UUID.randomUUID(), "core", "test", Map.of("kty", "EC"), List.of());
    }

    private static C2wMessage join(long request) {
        return new C2wMessage.Join(
                request, UUID.randomUUID(), "Thomas", "9999", null, null, null, "Firefox", "127.0.0.1", false);
    }

    private static C2wSettings withConnectTimeout(Duration timeout) {
        C2wSettings d = C2wSettings.defaults();
        return new C2wSettings(
                timeout,
                d.helloTimeout(),
                d.keepAlive(),
                d.requestTimeout(),
                d.maxInFlight(),
                d.maxPayloadBytes(),
                d.maxQueuedMessages(),
                d.maxQueuedBytes());
    }

    private static C2wSettings withHelloTimeout(Duration timeout) {
        C2wSettings d = C2wSettings.defaults();
        return new C2wSettings(
                d.connectTimeout(),
                timeout,
                d.keepAlive(),
                d.requestTimeout(),
                d.maxInFlight(),
                d.maxPayloadBytes(),
                d.maxQueuedMessages(),
                d.maxQueuedBytes());
    }

    private static C2wSettings withQueue(int messages, int bytes) {
        C2wSettings d = C2wSettings.defaults();
        return new C2wSettings(
                d.connectTimeout(),
                d.helloTimeout(),
                d.keepAlive(),
                d.requestTimeout(),
                d.maxInFlight(),
                d.maxPayloadBytes(),
                messages,
                bytes);
    }

    /** What the dialler's side hears. */
    private static final class Heard implements C2wInbound {
        private final BlockingQueue<C2wMessage> messages = new LinkedBlockingQueue<>();
        private final BlockingQueue<C2wFailure> closed = new LinkedBlockingQueue<>();

        @Override
        public void message(C2wMessage message) {
            messages.add(message);
        }

        @Override
        public void closed(C2wFailure why) {
            closed.add(why);
        }

        C2wMessage next() throws InterruptedException {
            return messages.poll(15, TimeUnit.SECONDS);
        }

        boolean isClosed() {
            return !closed.isEmpty();
        }

        C2wFailure closed() throws InterruptedException {
            return closed.poll(15, TimeUnit.SECONDS);
        }
    }

    /** Relays bytes between a dialler and the listener until it is told to read no more of the dialler. */
    private static final class NonReader implements AutoCloseable {
        private final ServerSocket front = new ServerSocket();
        private final Socket back;
        private volatile boolean reading = true;
        private volatile Socket accepted;

        NonReader(URI target) throws IOException {
            front.setReceiveBufferSize(16 << 10);
            front.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            back = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
            start(() -> {
                accepted = front.accept();
                start(() -> copy(accepted, back, true));
                copy(back, accepted, false);
            });
        }

        URI url() {
            return URI.create("c2w://localhost:" + front.getLocalPort());
        }

        void stopReading() {
            reading = false;
        }

        private void copy(Socket from, Socket to, boolean stops) throws IOException {
            byte[] buffer = new byte[8192];
            while (!stops || reading) {
                int n = from.getInputStream().read(buffer);
                if (n < 0) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException closed) {
                    // the test is over
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            front.close();
            back.close();
            if (accepted != null) {
                accepted.close();
            }
        }
    }
}
