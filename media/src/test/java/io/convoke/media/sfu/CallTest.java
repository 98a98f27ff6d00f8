package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.client.SoftAnswer;
import io.convoke.media.client.SoftSection;
import io.convoke.media.client.SoftSink;
import io.convoke.protocols.rtp.rtcp.RtcpReader;
import io.convoke.protocols.rtp.rtcp.RtcpType;
import io.convoke.protocols.srtp.SrtpProfile;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real calls over loopback: ICE, DTLS, SRTP, with clients in software. */
@Timeout(60)
class CallTest {
    private Sfu sfu;
    private SfuConference conference;

    @BeforeEach
    void start() throws Exception {
        sfu = Sfu.start(SfuSettings.defaults(List.of(InetAddress.getLoopbackAddress()), 0));
        conference = sfu.openConference(UUID.randomUUID());
    }

    @AfterEach
    void stop() {
        sfu.close();
    }

    @Test
    void shouldCarryAudioAndVideoBothWays() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            Caller.await(anna.slots, slots -> slots.carry(1, 1));

            // when
            anna.speak(7, 20);
            anna.keyframe(100);
            ben.speak(9, 20);
            ben.keyframe(200);

            // then
            SoftSink.Rtp annasVoice = ben.rtp(packet -> packet.payloadType() == SoftSection.OPUS);
            SoftSink.Rtp annasPicture = ben.rtp(packet -> packet.payloadType() == SoftSection.VP8);
            assertThat(annasVoice.payload()).containsExactly(7, 1, 2, 3);
            assertThat(annasPicture.payload()).containsExactly(0x10, 0, 100, 7);
            assertThat(annasVoice.extensions()).as("names its section").isTrue();
            assertThat(anna.rtp(packet -> packet.payloadType() == SoftSection.OPUS)
                            .payload())
                    .containsExactly(9, 1, 2, 3);
            assertThat(anna.rtp(packet -> packet.payloadType() == SoftSection.VP8)
                            .payload())
                    .containsExactly(0x10, 0, 200, 7);
            assertThat(List.of(anna.firsts.take(), anna.firsts.take())).containsExactly("audio", "video");
        }
    }

    @Test
    void shouldTalkToClientsWithoutGcm() throws Exception {
        // given
        try (Caller anna = new Caller(conference, 1, SrtpProfile.AES128_CM_HMAC_SHA1_80);
                Caller ben = Caller.join(conference, 2)) {
            anna.offer(List.of(anna.audio, anna.video));

            // when
            Caller.State connected = anna.until(MediaState.CONNECTED);
            anna.client.connected().get();
            ben.speak(1, 20);

            // then
            assertThat(connected.detail()).contains("AES128_CM_HMAC_SHA1_80");
            assertThat(anna.rtp(packet -> true).payload()).containsExactly(1, 1, 2, 3);
        }
    }

    @Test
    void shouldAnswerFromTheAddressAsked() throws Exception {
        // given
        InetAddress[] addresses = {InetAddress.getLoopbackAddress(), InetAddress.getByAddress(new byte[] {127, 0, 0, 2})
        };
        try (Sfu two = Sfu.start(SfuSettings.defaults(List.of(addresses), 0))) {
            SfuConference there = two.openConference(UUID.randomUUID());
            try (Caller anna = Caller.join(there, 1);
                    Caller ben = new Caller(there, 2, SrtpProfile.AEAD_AES_128_GCM)) {
                ben.client.prefer(1);

                // when
                SoftAnswer answer = ben.offer(List.of(ben.audio, ben.video));
                ben.connected();
                anna.speak(1, 20);

                // then
                assertThat(answer.candidates()).isEqualTo(two.localAddresses());
                assertThat(ben.rtp(packet -> true).payload()).containsExactly(1, 1, 2, 3);
            }
        }
    }

    @Test
    void shouldAskForAKeyframeAndWaitForIt() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {

            // when
            RtcpReader pli = anna.rtcp(RtcpReader::isPli);
            anna.delta(100);
            anna.keyframe(101);

            // then
            assertThat(pli.mediaSsrc()).isEqualTo(anna.video.ssrc());
            assertThat(ben.rtp(packet -> true).payload()).containsExactly(0x10, 0, 101, 7);
        }
    }

    @Test
    void shouldPassOnAReceiversKeyframeRequest() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            anna.rtcp(RtcpReader::isPli);
            anna.keyframe(100);
            SoftSink.Rtp picture = ben.rtp(packet -> true);

            // when
            ben.client.sendRtcp(writer -> {
                writer.rr(5);
                return writer.pli(5, picture.ssrc());
            });

            // then
            assertThat(anna.rtcp(RtcpReader::isPli).mediaSsrc()).isEqualTo(anna.video.ssrc());
            assertThat(ben.snapshot().outgoing().get(1).plis()).isEqualTo(1);
        }
    }

    @Test
    void shouldResendWhatAReceiverMissed() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            anna.keyframe(100);
            SoftSink.Rtp first = ben.rtp(packet -> packet.payload()[2] == 100);
            ben.client.loseNext(1);
            anna.delta(101);
            anna.delta(102);
            ben.rtp(packet -> packet.payload()[2] == 102);

            // when
            ben.client.sendRtcp(writer -> {
                writer.rr(5);
                return writer.nack(5, first.ssrc(), new int[] {first.sequence() + 1 & 0xFFFF}, 1);
            });

            // then
            SoftSink.Rtp resent = ben.rtp(packet -> true);
            assertThat(resent.payload()).containsExactly(0x10, 1, 101, 8);
            assertThat(resent.sequence()).isEqualTo(first.sequence() + 1 & 0xFFFF);
            assertThat(resent.timestamp()).isEqualTo(first.timestamp() + 3_000);
            assertThat(ben.snapshot().outgoing().get(1).retransmitted()).isEqualTo(1);
        }
    }

    @Test
    void shouldAskASenderForWhatItMissed() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            anna.keyframe(100);
            ben.rtp(packet -> true);

            // when
            anna.delta(103);
            RtcpReader nack = anna.rtcp(reader -> reader.nackCount() > 0);

            // then
            assertThat(nack.mediaSsrc()).isEqualTo(anna.video.ssrc());
            assertThat(nack.nackPid(0)).isEqualTo(101);
            assertThat(nack.nackBlp(0)).isEqualTo(1);
        }
    }

    @Test
    void shouldReportAndLimitTheBitrate() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1)) {
            anna.keyframe(100);

            // when
            RtcpReader remb = anna.rtcp(RtcpReader::isRemb);

            // then
            assertThat(remb.rembBitrateBps()).isBetween(1_990_000L, 2_000_000L);
            assertThat(remb.rembSsrc(0)).isEqualTo(anna.video.ssrc());
            RtcpReader report = anna.rtcp(reader -> reader.reportCount() == 1);
            assertThat(report.reportSsrc(0)).isEqualTo(anna.video.ssrc());
        }
    }

    @Test
    void shouldTranslateSenderReports() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            anna.speak(50, 20);
            SoftSink.Rtp voice = ben.rtp(packet -> true);

            // when
            anna.client.sendRtcp(writer -> writer.sr(anna.audio.ssrc(), 0x1122334455667788L, 960 * 50 + 480, 1, 4));

            // then
            RtcpReader report = ben.rtcp(reader -> reader.type() == RtcpType.SENDER_REPORT);
            assertThat(report.senderSsrc()).isEqualTo(voice.ssrc());
            assertThat(report.ntpTimestamp()).isEqualTo(0x1122334455667788L);
            assertThat(report.rtpTimestamp() - voice.timestamp()).isEqualTo(480);
            assertThat(report.packetsSent()).isEqualTo(1);
        }
    }

    @Test
    void shouldFindTheSectionOfAnUnannouncedSsrcByMid() throws Exception {
        // given
        try (Caller anna = new Caller(conference, 1, SrtpProfile.AEAD_AES_128_GCM);
                Caller ben = Caller.join(conference, 2)) {
            anna.offer(List.of(anna.audio.unannounced(), anna.video.unannounced()));
            anna.connected();

            // when
            anna.keyframe(3);

            // then
            assertThat(ben.rtp(packet -> true).payloadType()).isEqualTo(SoftSection.VP8);
        }
    }

    @Test
    void shouldForwardNothingThatIsMuted() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            anna.speak(1, 20);
            SoftSink.Rtp before = ben.rtp(packet -> true);

            // when
            anna.session.mute(true, false);
            anna.snapshot();
            anna.speak(2, 20);
            awaitIncoming(anna, 0, stats -> stats.packets() == 2);
            anna.session.mute(false, false);
            anna.snapshot();
            anna.speak(3, 20);

            // then
            SoftSink.Rtp after = ben.rtp(packet -> true);
            assertThat(after.payload()[0]).isEqualTo((byte) 3);
            assertThat(after.sequence()).isEqualTo(before.sequence() + 1 & 0xFFFF);
            assertThat(sfu.stats().drops()).containsEntry(DropReason.MUTED, 1L);
        }
    }

    @Test
    void shouldTellWhoSpeaks() throws Exception {
        // given
        BlockingQueue<List<UUID>> told = new LinkedBlockingQueue<>();
        conference.onSpeaking(told::add);
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {

            // when: every packet ben receives makes anna say the next
            int sequence = 1;
            while (told.isEmpty() && sequence < 50_000) {
                anna.speak(sequence++, 20);
                ben.rtp(packet -> true);
            }

            // then
            assertThat(told.take()).containsExactly(anna.id);
            assertThat(Caller.await(told, List::isEmpty)).isEmpty();
        }
    }

    @Test
    void shouldFreeEverythingWhenAClientLeaves() throws Exception {
        // given
        Caller anna = Caller.join(conference, 1);
        Caller ben = Caller.join(conference, 2);
        assertThat(sfu.stats().addresses()).isEqualTo(2);

        // when
        anna.close();
        ben.close();

        // then
        SfuStats stats = sfu.stats();
        assertThat(stats.sessions()).isZero();
        assertThat(stats.addresses()).isZero();
        assertThat(stats.handshakesInFlight()).isZero();
        assertThat(stats.handshakesDone()).isEqualTo(2);
        assertThat(anna.snapshot().state()).isEqualTo(MediaState.CLOSED);
        assertThat(anna.states).noneMatch(state -> state.state() == MediaState.CLOSED);
    }

    @Test
    void shouldEndWithTheClientsCloseNotify() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1)) {

            // when
            anna.client.closeDtls();

            // then
            assertThat(anna.until(MediaState.CLOSED).detail()).contains("closed");
            assertThat(sfu.stats().sessions()).isZero();
        }
    }

    @Test
    void shouldGoOnAfterAnIceRestart() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            anna.client.restartIce();

            // when
            anna.offer(List.of(anna.audio, anna.video));
            anna.speak(1, 20);

            // then
            assertThat(ben.rtp(packet -> true).payload()[0]).isEqualTo((byte) 1);
        }
    }

    private static void awaitIncoming(Caller caller, int index, Predicate<SessionSnapshot.StreamStats> wanted)
            throws Exception {
        boolean there = false;
        while (!there) {
            List<SessionSnapshot.StreamStats> incoming = caller.snapshot().incoming();
            there = incoming.size() > index && wanted.test(incoming.get(index));
        }
    }
}
