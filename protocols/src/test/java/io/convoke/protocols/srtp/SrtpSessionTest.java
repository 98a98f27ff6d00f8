package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
    private static final int SSRC = 0xCAFEBABE;

    private static byte[] material(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static SrtpSender sender(SrtpProfile profile) {
        return new SrtpSender(profile, material(1, profile.keyBytes()), material(2, profile.saltBytes()));
    }

    private static SrtpReceiver receiver(SrtpProfile profile, int maxStreams) {
        return new SrtpReceiver(profile, material(1, profile.keyBytes()), material(2, profile.saltBytes()), maxStreams);
    }

    private static byte[] protectRtp(SrtpSender sender, int ssrc, int sequence) {
        byte[] packet = SrtpPackets.rtp(ssrc, sequence);
        byte[] out = new byte[packet.length + 32];
        int length = sender.protectRtp(packet, 0, packet.length, out, 0);
        assertThat(length).isPositive();
        return Arrays.copyOf(out, length);
    }

    private static int receive(SrtpReceiver receiver, byte[] packet) {
        return receiver.unprotectRtp(packet.clone(), 0, packet.length);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveBackWhatWasProtectedInPlaceAtAnOffset(SrtpProfile profile) {
        // given
        byte[] plain = SrtpPackets.rtp(SSRC, 7);
        byte[] buffer = new byte[plain.length + 64];
        System.arraycopy(plain, 0, buffer, 5, plain.length);
        // when
        int length = sender(profile).protectRtp(buffer, 5, plain.length, buffer, 5);
        // then
        assertThat(length).isEqualTo(plain.length + profile.maxOverheadRtp());
        assertThat(Arrays.copyOfRange(buffer, 5, 5 + length)).isEqualTo(protectRtp(sender(profile), SSRC, 7));
        // when
        int restored = receiver(profile, 4).unprotectRtp(buffer, 5, length);
        // then
        assertThat(Arrays.copyOfRange(buffer, 5, 5 + restored)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveBackRtcp(SrtpProfile profile) {
        // given
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile, 4);
        byte[] plain = SrtpPackets.rtcp(SSRC);
        for (int i = 0; i < 600; i++) {
            byte[] buffer = Arrays.copyOf(plain, plain.length + 64);
            // when
            int length = sender.protectRtcp(buffer, 0, plain.length, buffer, 0);
            byte[] copy = buffer.clone();
            // then
            assertThat(length).isEqualTo(plain.length + profile.maxOverheadRtcp());
            assertThat(receiver.unprotectRtcp(buffer, 0, length)).isEqualTo(plain.length);
            assertThat(Arrays.copyOf(buffer, plain.length)).isEqualTo(plain);
            assertThat(receiver.unprotectRtcp(copy, 0, length)).isEqualTo(SrtpReceiver.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepRollingOverForManyCycles(SrtpProfile profile) {
        // given
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile, 4);
        // then
        for (int i = 0; i < 300_000; i += 1_000) {
            assertThat(receive(receiver, protectRtp(sender, SSRC, i & 0xFFFF))).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldProtectAnOldSequenceUnderItsOldRolloverCounter(SrtpProfile profile) {
        // given
        SrtpSender sender = sender(profile);
        byte[] first = protectRtp(sender, SSRC, 65_530);
        protectRtp(sender, SSRC, 3);
        // then
        assertThat(protectRtp(sender, SSRC, 65_530)).isEqualTo(first);
        assertThat(protectRtp(sender, SSRC, 65_530)).as("twice in a row").isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcceptEachPacketOnceInAnyOrderWithinTheWindow(SrtpProfile profile) {
        // given
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile, 4);
        byte[][] packets = new byte[600][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = protectRtp(sender, SSRC, 65_000 + i & 0xFFFF);
        }
        // when
        assertThat(receive(receiver, packets[0])).isPositive();
        assertThat(receive(receiver, packets[599])).isPositive();
        // then: 512 packets fit, counted from the highest down
        assertThat(receive(receiver, packets[0])).isEqualTo(SrtpReceiver.REPLAYED);
        assertThat(receive(receiver, packets[599 - 512])).isEqualTo(SrtpReceiver.REPLAYED);
        for (int i = 598; i > 599 - 512; i--) {
            assertThat(receive(receiver, packets[i])).as("packet %d", i).isPositive();
            assertThat(receive(receiver, packets[i])).as("again %d", i).isEqualTo(SrtpReceiver.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotLetForgedPacketsChangeAnything(SrtpProfile profile) {
        // given
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile, 1);
        byte[] forged = protectRtp(sender, 1, 9_000);
        forged[forged.length - 1] ^= 1;
        byte[] before = forged.clone();
        // then: it takes no place in the table
        assertThat(receiver.unprotectRtp(forged, 0, forged.length)).isEqualTo(SrtpReceiver.AUTHENTICATION_FAILED);
        assertThat(forged).isEqualTo(before);
        assertThat(receive(receiver, protectRtp(sender, SSRC, 10))).isPositive();
        // when: a forged sequence far ahead
        byte[] ahead = protectRtp(sender, SSRC, 20_000);
        ahead[20] ^= 1;
        // then: it does not move the window
        assertThat(receive(receiver, ahead)).isEqualTo(SrtpReceiver.AUTHENTICATION_FAILED);
        assertThat(receive(receiver, protectRtp(sender, SSRC, 9))).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAStreamTooMany(SrtpProfile profile) {
        // given
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile, 2);
        // then
        assertThat(receive(receiver, protectRtp(sender, 1, 1))).isPositive();
        assertThat(receive(receiver, protectRtp(sender, 2, 1))).isPositive();
        assertThat(receive(receiver, protectRtp(sender, 3, 1))).isEqualTo(SrtpReceiver.UNKNOWN);
        assertThat(receive(receiver, protectRtp(sender, 2, 2))).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void shouldRejectEveryPrefix(SrtpProfile profile) {
        // given
        SrtpSender sender = sender(profile);
        byte[] rtp = protectRtp(sender, SSRC, 1);
        byte[] rtcp = new byte[200];
        byte[] plain = SrtpPackets.rtcp(SSRC);
        int rtcpLength = sender.protectRtcp(plain, 0, plain.length, rtcp, 0);
        SrtpReceiver receiver = receiver(profile, 4);
        // then
        for (int length = 0; length < rtp.length; length++) {
            assertThat(receiver.unprotectRtp(rtp.clone(), 0, length)).isNegative();
        }
        for (int length = 0; length < rtcpLength; length++) {
            assertThat(receiver.unprotectRtcp(rtcp.clone(), 0, length)).isNegative();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseToSendWhatIsNoPacket(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        assertThat(sender.protectRtp(new byte[40], 0, 20, new byte[80], 0)).isEqualTo(SrtpReceiver.MALFORMED);
        assertThat(sender.protectRtcp(new byte[40], 0, 20, new byte[80], 0)).isEqualTo(SrtpReceiver.MALFORMED);
        protectRtp(sender, SSRC, 0);
        byte[] before = SrtpPackets.rtp(SSRC, 65_535);
        assertThat(sender.protectRtp(before, 0, before.length, new byte[300], 0))
                .isEqualTo(SrtpReceiver.REPLAYED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSplitExportedKeysSoThatBothSidesUnderstandEachOther(SrtpProfile profile) {
        // given
        byte[] exported = material(3, profile.exportedBytes());
        SrtpKeys client = SrtpKeys.fromExporter(profile, exported, true);
        SrtpKeys server = SrtpKeys.fromExporter(profile, exported, false);
        // then
        assertThat(client.localKey()).isEqualTo(Arrays.copyOf(exported, 16)).isEqualTo(server.remoteKey());
        assertThat(client.localSalt())
                .isEqualTo(Arrays.copyOfRange(exported, 32, 32 + profile.saltBytes()))
                .isEqualTo(server.remoteSalt());
        assertThat(receive(server.newReceiver(4), protectRtp(client.newSender(), SSRC, 1)))
                .isPositive();
        assertThat(receive(client.newReceiver(4), protectRtp(server.newSender(), SSRC, 1)))
                .isPositive();
        assertThat(receive(client.newReceiver(4), protectRtp(client.newSender(), SSRC, 1)))
                .isNegative();
        assertThat(client).hasToString("SrtpKeys[" + profile + "]");
        assertThatThrownBy(() -> SrtpKeys.fromExporter(profile, new byte[3], true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
