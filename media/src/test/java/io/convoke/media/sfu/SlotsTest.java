package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.client.SoftAnswer;
import io.convoke.media.client.SoftSection;
import io.convoke.protocols.srtp.SrtpProfile;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes on whose slots, in real calls over loopback. */
@Timeout(60)
class SlotsTest {
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
    void shouldSendWithTheSsrcOfTheAnswer() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = new Caller(conference, 2, SrtpProfile.AEAD_AES_128_GCM)) {
            SoftAnswer answer = ben.offer(List.of(ben.audio, ben.video));
            ben.connected();

            // when
            anna.speak(1, 20);

            // then
            assertThat(ben.rtp(packet -> true).ssrc())
                    .isEqualTo(answer.slotSsrcs().get("0"));
        }
    }

    @Test
    void shouldGiveAFreedSlotToWhoWaits() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2);
                Caller carl = Caller.join(conference, 3)) {
            Caller.Slots full = Caller.await(anna.slots, slots -> slots.wantedVideo() == 2);
            assertThat(full.slots().get(1).participant()).isEqualTo(ben.id);

            // when
            ben.close();

            // then
            Caller.Slots after = Caller.await(anna.slots, slots -> slots.wantedVideo() == 1);
            assertThat(after.slots().get(1).participant()).isEqualTo(carl.id);
            carl.keyframe(9);
            assertThat(anna.rtp(packet -> packet.payloadType() == SoftSection.VP8)
                            .payload())
                    .containsExactly(0x10, 0, 9, 7);
        }
    }

    @Test
    void shouldNotShowAParticipantItsOwnEarlierSession() throws Exception {
        // given
        try (Caller before = Caller.join(conference, 1);
                Caller after = new Caller(conference, before.id, 2, SrtpProfile.AEAD_AES_128_GCM)) {

            // when
            after.offer(List.of(after.audio, after.video));

            // then
            Caller.Slots slots = after.slots.take();
            assertThat(slots.carry(0, 0)).isTrue();
            assertThat(slots.wantedVideo()).isZero();
        }
    }

    @Test
    void shouldShareAScreenOnASlotOfItsOwn() throws Exception {
        // given
        try (Caller anna = Caller.join(conference, 1);
                Caller ben = Caller.join(conference, 2)) {
            SoftSection screen = SoftSection.video("2", "sendonly", 1_777);
            SoftSection slot = SoftSection.video("2", "recvonly", 0);

            // when
            anna.offer(List.of(anna.audio, anna.video, screen), Map.of("2", "screen"));
            assertThat(Caller.await(ben.slots, slots -> slots.wantedVideo() == 2)
                            .slots())
                    .hasSize(2);
            ben.offer(List.of(ben.audio, ben.video, slot));

            // then
            Caller.Slots shared = Caller.await(ben.slots, slots -> slots.carry(1, 2));
            assertThat(shared.slots().get(2)).isEqualTo(new Slot("2", "video", anna.id, "screen"));

            // when
            anna.offer(List.of(anna.audio, anna.video, screen.withDirection("inactive")));

            // then
            assertThat(Caller.await(ben.slots, slots -> slots.wantedVideo() == 1)
                            .carry(1, 1))
                    .isTrue();
        }
    }
}
