package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.media.client.SoftStun;
import io.convoke.protocols.srtp.SrtpProfile;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that lie, vanish or send rubbish, over loopback. */
@Timeout(60)
class HostileTest {
    /** ServerHello of 16 MiB in a first fragment of no bytes at all (CVE-2026-59646). */
    private static final byte[] HUGE_HANDSHAKE =
            HexFormat.of().parseHex("16fefd0000000000000000000c" + "02ffffff0000000000000000");

    private @Nullable Sfu sfu;

    @AfterEach
    void stop() {
        if (sfu != null) {
            sfu.close();
        }
    }

    @Test
    void shouldKeepABadHandshakeFragmentFromTheLibrary() throws Exception {
        // given
        SfuConference conference = start(usual());
        try (Caller anna = Caller.join(conference, 1)) {

            // when
            anna.client.sendRaw(HUGE_HANDSHAKE, 0, HUGE_HANDSHAKE.length);

            // then
            awaitDrops(DropReason.DTLS_GUARD, 1);
            assertThat(anna.snapshot().state()).isEqualTo(MediaState.CONNECTED);
        }
    }

    @Test
    void shouldNotLetDtlsInFromAnUncheckedAddress() throws Exception {
        // given
        SfuConference conference = start(usual());
        try (Caller anna = Caller.join(conference, 1);
                Caller stranger = new Caller(conference, 2, SrtpProfile.AEAD_AES_128_GCM)) {
            stranger.client.stopChecks();

            // when
            stranger.client.aim(sfu().localAddresses().get(0));
            stranger.client.sendRaw(HUGE_HANDSHAKE, 0, HUGE_HANDSHAKE.length);

            // then
            awaitDrops(DropReason.UNKNOWN_ADDRESS, 1);
        }
    }

    @Test
    void shouldDropGarbageAndGoOn() throws Exception {
        // given
        SfuConference conference = start(usual());
        Random random = new Random(42);
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {

            // when
            for (int i = 0; i < 2_000; i++) {
                byte[] garbage = new byte[random.nextInt(1_400)];
                random.nextBytes(garbage);
                anna.client.sendRaw(garbage, 0, garbage.length);
            }
            anna.speak(1, 20);

            // then
            int sequence = 2;
            while (ben.received.rtp.isEmpty()) { // the socket may have lost some of that flood
                anna.speak(sequence++, 20);
                anna.snapshot();
            }
            Map<DropReason, Long> drops = sfu().stats().drops();
            assertThat(drops.get(DropReason.UNKNOWN_PROTOCOL)).isPositive();
            assertThat(drops.get(DropReason.SRTP_AUTHENTICATION)).isPositive();
            assertThat(drops.get(DropReason.DTLS_GUARD)).isPositive();
        }
    }

    @Test
    void shouldNotAnswerChecksThatNameNoSession() throws Exception {
        // given
        SfuConference conference = start(usual());
        try (Caller anna = new Caller(conference, 1, SrtpProfile.AEAD_AES_128_GCM)) {
            anna.client.aim(sfu().localAddresses().get(0));
            byte[] check = SoftStun.check("nobody:soft", "nothing");

            // when
            anna.client.sendRaw(check, 0, check.length);

            // then
            awaitDrops(DropReason.BAD_STUN, 1);
            assertThat(sfu().stats().packetsOut()).isZero();
        }
    }

    @Test
    void shouldFailWhenConsentRunsOut() throws Exception {
        // given
        SfuConference conference = start(times(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(400)));
        try (Caller anna = Caller.join(conference, 1)) {

            // when
            anna.client.stopChecks();

            // then
            assertThat(anna.until(MediaState.FAILED).detail()).contains("Consent lost");
            assertThat(sfu().stats().sessions()).isZero();
            assertThat(sfu().stats().addresses()).isZero();
            assertThat(anna.snapshot().state()).isEqualTo(MediaState.FAILED);
        }
    }

    @Test
    void shouldFailWhenNoCheckComes() throws Exception {
        // given
        SfuConference conference = start(times(Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(10)));
        try (Caller anna = new Caller(conference, 1, SrtpProfile.AEAD_AES_128_GCM)) {

            // when
            OfferOutcome outcome = anna.outcome(anna.client.offer(List.of(anna.audio, anna.video)), Map.of());

            // then
            assertThat(outcome).isInstanceOf(OfferOutcome.Answered.class);
            assertThat(anna.until(MediaState.FAILED).detail())
                    .contains("200 ms")
                    .contains("none came");
        }
    }

    @Test
    void shouldFailWithWordsWhenTheCertificateIsNotTheAnnouncedOne() throws Exception {
        // given
        SfuConference conference = start(usual());
        try (Caller anna = new Caller(conference, 1, SrtpProfile.AEAD_AES_128_GCM)) {
            anna.client.signalWrongFingerprint();

            // when
            anna.offer(List.of(anna.audio, anna.video));

            // then
            assertThat(anna.until(MediaState.FAILED).detail()).contains("certificate");
            assertThat(sfu().stats().handshakesFailed()).isEqualTo(1);
            assertThat(sfu().stats().handshakesInFlight()).isZero();
        }
    }

    @Test
    void shouldQueueHandshakesBehindOneThatHangs() throws Exception {
        // given
        SfuConference conference = start(usual(1, Duration.ofSeconds(2)));
        try (Caller mute = new Caller(conference, 1, SrtpProfile.AEAD_AES_128_GCM);
                Caller anna = new Caller(conference, 2, SrtpProfile.AEAD_AES_128_GCM)) {
            mute.client.ignoreDtls();
            mute.offer(List.of(mute.audio, mute.video));
            mute.until(MediaState.CONNECTING);

            // when
            anna.offer(List.of(anna.audio, anna.video));
            anna.until(MediaState.CONNECTING);
            SfuStats during = sfu().stats();

            // then
            assertThat(during.handshakesInFlight()).isEqualTo(1);
            assertThat(during.handshakesWaiting()).isEqualTo(1);
            assertThat(mute.until(MediaState.FAILED).detail()).contains("2000 ms");
            anna.connected();
        }
    }

    @Test
    void shouldRefuseOneSessionTooMany() throws Exception {
        // given
        SfuSettings settings = usual();
        SfuConference conference = start(new SfuSettings(
                settings.addresses(),
                0,
                0,
                0,
                1,
                1,
                1,
                settings.handshakeTimeout(),
                settings.iceTimeout(),
                settings.consentTimeout(),
                1_000_000,
                10_000,
                4,
                64,
                null));
        try (Caller first = new Caller(conference, 1, SrtpProfile.AEAD_AES_128_GCM)) {

            // when / then
            assertThatThrownBy(() -> new Caller(conference, 2, SrtpProfile.AEAD_AES_128_GCM))
                    .isInstanceOf(SfuFull.class)
                    .hasMessageContaining("1 media sessions");
            first.close();
            first.snapshot();
            new Caller(conference, 3, SrtpProfile.AEAD_AES_128_GCM).close();
        }
    }

    @Test
    void shouldRefuseNonsenseAndStayUsable() throws Exception {
        // given
        SfuConference conference = start(usual());
        try (Caller anna = new Caller(conference, 1, SrtpProfile.AEAD_AES_128_GCM)) {

            // when
            OfferOutcome nonsense = anna.outcome("hello", Map.of());
            OfferOutcome wrongSource = anna.outcome(anna.client.offer(List.of(anna.audio)), Map.of("0", "camera"));

            // then
            assertThat(nonsense).isInstanceOf(OfferOutcome.Rejected.class);
            assertThat(wrongSource)
                    .isEqualTo(new OfferOutcome.Rejected(
                            "badSources", "microphone or screenAudio as source of mid 0", "camera"));
            anna.offer(List.of(anna.audio, anna.video));
            anna.connected();
        }
    }

    private Sfu sfu() {
        if (sfu == null) {
            throw new IllegalStateException("Expected a started unit");
        }
        return sfu;
    }

    private SfuConference start(SfuSettings settings) throws Exception {
        sfu = Sfu.start(settings);
        return sfu.openConference(UUID.randomUUID());
    }

    private void awaitDrops(DropReason reason, long wanted) {
        while (sfu().stats().drops().getOrDefault(reason, 0L) < wanted) {
            Thread.onSpinWait();
        }
    }

    private static SfuSettings usual() {
        return SfuSettings.defaults(List.of(InetAddress.getLoopbackAddress()), 0);
    }

    private static SfuSettings times(Duration handshake, Duration ice, Duration consent) {
        SfuSettings s = usual();
        return new SfuSettings(
                s.addresses(), 0, 0, 0, 10, 4, 2, handshake, ice, consent, 1_000_000, 10_000, 8, 64, null);
    }

    private static SfuSettings usual(int handshakes, Duration handshake) {
        SfuSettings s = usual();
        return new SfuSettings(
                s.addresses(),
                0,
                0,
                0,
                10,
                handshakes,
                1,
                handshake,
                s.iceTimeout(),
                s.consentTimeout(),
                1_000_000,
                10_000,
                8,
                64,
                null);
    }
}
