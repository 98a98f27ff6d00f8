package io.convoke.protocols.dtls;

import static io.convoke.protocols.srtp.SrtpProfile.AEAD_AES_128_GCM;
import static io.convoke.protocols.srtp.SrtpProfile.AES128_CM_HMAC_SHA1_80;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.convoke.protocols.dtls.DtlsFailure.Reason;
import io.convoke.protocols.sdp.Fingerprint;
import io.convoke.protocols.srtp.SrtpKeys;
import io.convoke.protocols.srtp.SrtpProfile;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DtlsClientEndpointTest {
    private static final Instant NOT_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final DtlsIdentity OURS = DtlsIdentity.generate(new SecureRandom(), NOT_BEFORE);
    private static final DtlsIdentity THEIRS = DtlsIdentity.generate(new SecureRandom(), NOT_BEFORE);
    private static final DtlsSettings QUICK =
            new DtlsSettings(List.of(AEAD_AES_128_GCM, AES128_CM_HMAC_SHA1_80), 30_000, 20);

    private final ExecutorService peer = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        peer.shutdownNow();
        assertThat(peer.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private Future<DTLSTransport> accept(TestServer server, Wire wire) {
        return peer.submit(() -> new DTLSServerProtocol().accept(server, wire.server));
    }

    private static DtlsResult connect(Wire wire, DtlsSettings settings) throws DtlsFailure {
        return new DtlsClientEndpoint(OURS, List.of(fingerprint(THEIRS)), settings).connect(wire.client);
    }

    private static DtlsFailure failure(Wire wire, DtlsSettings settings) {
        return catchThrowableOfType(DtlsFailure.class, () -> connect(wire, settings));
    }

    private static Fingerprint fingerprint(DtlsIdentity identity) {
        Fingerprint fingerprint = Fingerprint.parse(identity.fingerprint());
        assertThat(fingerprint).isNotNull();
        return fingerprint;
    }

    /** Resends nothing while a slow machine thinks, so that datagrams can be counted. */
    private static final DtlsSettings UNHURRIED = new DtlsSettings(DtlsSettings.DEFAULT.profiles(), 30_000, 20_000);

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void shouldAgreeOnProfileAndKeys(SrtpProfile profile) throws Exception {
        // given
        Wire wire = Wire.perfect();
        var server = new TestServer(THEIRS, List.of(profile), true);
        server.resendMillis = UNHURRIED.resendMillis();
        Future<DTLSTransport> accepted = accept(server, wire);

        // when
        DtlsResult result = connect(wire, UNHURRIED);
        accepted.get(10, TimeUnit.SECONDS);

        // then
        SrtpKeys theirs = SrtpKeys.fromExporter(profile, server.exported, false);
        assertThat(result.keys().profile()).isEqualTo(profile);
        assertThat(result.keys().localKey()).isEqualTo(theirs.remoteKey());
        assertThat(result.keys().localSalt()).isEqualTo(theirs.remoteSalt());
        assertThat(result.keys().remoteKey()).isEqualTo(theirs.localKey());
        assertThat(result.keys().remoteSalt()).isEqualTo(theirs.localSalt());
        assertThat(result.keys().localKey()).isNotEqualTo(result.keys().remoteKey());
        assertThat(result.protocol()).isEqualTo("DTLS 1.2");
        assertThat(result.cipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(result.toString()).contains(profile.name());
        assertThat(wire.refused).as("the guard lets a real handshake through").isEmpty();
        assertThat(wire.sent).allMatch(d -> d.length <= DatagramQueue.MTU);
        assertThat(wire.sentByClient).as("a hello and one flight").hasSize(2);
    }

    @Test
    void shouldOfferProfilesInItsOrderAndShowItsCertificate() throws Exception {
        // given
        Wire wire = Wire.perfect();
        var server = new TestServer(THEIRS, List.of(AES128_CM_HMAC_SHA1_80), true);
        Future<DTLSTransport> accepted = accept(server, wire);

        // when
        connect(wire, QUICK);
        accepted.get(10, TimeUnit.SECONDS);

        // then
        assertThat(server.offeredProfiles).containsExactly(0x0007, 0x0001);
        byte[] shown = server.seen.getCertificateAt(0).getEncoded();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown);
        assertThat("sha-256 " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest))
                .isEqualTo(OURS.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-384", "SHA-512"})
    void shouldKnowThePeerByLongerDigestsToo(String algorithm) throws Exception {
        // given
        byte[] certificate = THEIRS.chain().getCertificateAt(0).getEncoded();
        String digest = HexFormat.ofDelimiter(":")
                .formatHex(MessageDigest.getInstance(algorithm).digest(certificate));
        Fingerprint known = Fingerprint.parse(algorithm + " " + digest);
        Wire wire = Wire.perfect();
        Future<DTLSTransport> accepted = accept(new TestServer(THEIRS, List.of(AEAD_AES_128_GCM), true), wire);

        // when
        var endpoint = new DtlsClientEndpoint(OURS, List.of(fingerprint(OURS), known), QUICK);

        // then
        assertThat(endpoint.connect(wire.client)).isNotNull();
        assertThat(accepted).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldRefuseAnotherCertificate() {
        // given
        Wire wire = Wire.perfect();
        Future<DTLSTransport> accepted = accept(new TestServer(THEIRS, List.of(AEAD_AES_128_GCM), true), wire);

        // when
        DtlsFailure failure = catchThrowableOfType(
                DtlsFailure.class,
                () -> new DtlsClientEndpoint(OURS, List.of(fingerprint(OURS)), QUICK).connect(wire.client));

        // then
        assertThat(failure.reason()).isEqualTo(Reason.FINGERPRINT_MISMATCH);
        assertThat(failure).hasMessageStartingWith("Expected the certificate");
        assertThat(accepted).failsWithin(10, TimeUnit.SECONDS);
        assertThat(wire.client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1"})
    void shouldRefuseAPeerWithoutOurProfiles(boolean answersOther, int count) {
        // given
        List<SrtpProfile> taken = answersOther ? List.of(AES128_CM_HMAC_SHA1_80) : List.of();
        assertThat(taken).hasSize(count);
        Wire wire = Wire.perfect();
        Future<DTLSTransport> accepted = accept(new TestServer(THEIRS, taken, true), wire);

        // when
        DtlsFailure failure = failure(wire, new DtlsSettings(List.of(AEAD_AES_128_GCM), 10_000, 20));

        // then
        assertThat(failure.reason()).isEqualTo(Reason.NO_COMMON_PROFILE);
        assertThat(failure).hasMessageContaining("AEAD_AES_128_GCM");
        assertThat(accepted).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldRefuseAPeerWithoutExtendedMasterSecret() {
        // given
        Wire wire = Wire.perfect();
        Future<DTLSTransport> accepted = accept(new TestServer(THEIRS, List.of(AEAD_AES_128_GCM), false), wire);

        // then
        DtlsFailure failure = failure(wire, QUICK);
        assertThat(failure.reason()).isEqualTo(Reason.ALERT);
        assertThat(failure).hasMessageContaining("handshake_failure");
        assertThat(accepted).failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveUpInTimeWhenNobodyAnswersHavingAskedSeveralTimes() {
        // given
        Wire wire = new Wire(n -> true);

        // when
        DtlsFailure failure = failure(wire, new DtlsSettings(List.of(AEAD_AES_128_GCM), 400, 50));

        // then: asked at 0, 50, 150, 350 ms and at the very end, on a busy machine less often
        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure).hasMessageContaining("400 ms");
        assertThat(wire.sent.stream().filter(d -> d[0] == 22).count()).isBetween(2L, 5L);
    }

    @Test
    void shouldSayWhichAlertThePeerSent() {
        // given
        Wire wire = Wire.perfect();
        wire.client.offer(new byte[] {21, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 40});

        // then
        DtlsFailure failure = failure(wire, QUICK);
        assertThat(failure.reason()).isEqualTo(Reason.ALERT);
        assertThat(failure).hasMessageContaining("the peer sent the alert handshake_failure (40)");
    }

    @Test
    void shouldEndAtOnceWhenTheQueueIsClosed() throws Exception {
        // given
        Wire wire = new Wire(n -> true);
        Future<DtlsFailure> waiting = peer.submit(() -> failure(wire, QUICK));

        // when
        wire.client.close();

        // then
        assertThat(waiting.get(5, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void shouldEndWhenTheThreadIsInterrupted() throws Exception {
        // given
        Thread.currentThread().interrupt();

        // when
        DtlsFailure failure = failure(new Wire(n -> true), QUICK);

        // then
        assertThat(Thread.interrupted()).isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.CLOSED);
    }

    /** The first so many datagrams of each direction are lost. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldOutliveLossAtTheStart(int lost) throws Exception {
        shouldFinish(new Wire(n -> n < lost));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldOutliveRandomLoss(long seed) throws Exception {
        var random = new Random(seed);
        shouldFinish(new Wire(n -> n < 8 && random.nextInt(100) < 25));
    }

    private void shouldFinish(Wire wire) throws Exception {
        // given: a peer that goes on listening, as its last flight may be lost and asked for again
        var server = new TestServer(THEIRS, List.of(AEAD_AES_128_GCM), true);
        var done = new AtomicBoolean();
        wire.server.gather(true);
        Future<?> accepted = peer.submit(() -> {
            DTLSTransport theirs = new DTLSServerProtocol().accept(server, wire.server);
            while (!done.get()) {
                theirs.receive(new byte[100], 0, 100, 10);
            }
            return theirs;
        });

        // when
        DtlsResult result = connect(wire, QUICK);
        done.set(true);
        accepted.get(10, TimeUnit.SECONDS);

        // then
        SrtpKeys theirs = SrtpKeys.fromExporter(AEAD_AES_128_GCM, server.exported, false);
        assertThat(result.keys().remoteKey()).isEqualTo(theirs.localKey());
        assertThat(wire.refused).isEmpty();
    }

    @Test
    void shouldNoticeThePeersEndWithoutWaiting() throws Exception {
        // given
        Wire wire = Wire.perfect();
        Future<DTLSTransport> accepted = accept(new TestServer(THEIRS, List.of(AEAD_AES_128_GCM), true), wire);
        DtlsResult result = connect(wire, QUICK);
        DTLSTransport theirs = accepted.get(10, TimeUnit.SECONDS);
        assertThat(result.handlePending()).isTrue();

        // when
        theirs.send(new byte[] {1, 2, 3}, 0, 3);
        boolean openAfterData = result.handlePending();
        theirs.close();
        boolean openAfterClose = result.handlePending();

        // then
        assertThat(openAfterData).isTrue();
        assertThat(openAfterClose).isFalse();
        assertThat(result.handlePending()).isFalse();
        assertThat(wire.client.isClosed()).isTrue();
    }

    @Test
    void shouldOutliveJunkAfterTheHandshake() throws Exception {
        // given
        Wire wire = Wire.perfect();
        Future<DTLSTransport> accepted = accept(new TestServer(THEIRS, List.of(AEAD_AES_128_GCM), true), wire);
        DtlsResult result = connect(wire, QUICK);
        accepted.get(10, TimeUnit.SECONDS);

        // when
        List.copyOf(wire.sent).forEach(wire.client::offer);
        wire.client.offer(new byte[] {21, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 99, 2, 2, 40});
        wire.client.offer(new byte[] {23, (byte) 0xfe, (byte) 0xfd, 0, 1, 0, 0, 0, 0, 0, 0, 99, 2, 2, 40});

        // then
        assertThat(result.handlePending()).isTrue();
    }

    @Test
    void shouldTellThePeerWhenItCloses() throws Exception {
        // given
        Wire wire = Wire.perfect();
        Future<DTLSTransport> accepted = accept(new TestServer(THEIRS, List.of(AEAD_AES_128_GCM), true), wire);
        DtlsResult result = connect(wire, QUICK);
        DTLSTransport theirs = accepted.get(10, TimeUnit.SECONDS);

        // when
        result.close();
        result.close();

        // then
        assertThat(catchThrowableOfType(IOException.class, () -> theirs.receive(new byte[99], 0, 99, 5_000)))
                .isNotNull();
        assertThat(wire.server.isClosed()).isTrue();
        assertThat(result.handlePending()).isFalse();
    }
}
