package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class SrtpReceiverFuzzTest {
    private static final byte[] KEY = new byte[16];

    /** Whatever arrives without the key is refused with a code and left as it is. */
    @FuzzTest
    void shouldRefuseAnythingThePeerDidNotMake(byte[] bytes) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpReceiver receiver = new SrtpReceiver(profile, KEY, new byte[profile.saltBytes()], 2);
            byte[] copy = bytes.clone();
            assertThat(receiver.unprotectRtp(copy, 0, copy.length)).isBetween(SrtpReceiver.UNKNOWN, -1);
            assertThat(receiver.unprotectRtcp(copy, 0, copy.length)).isBetween(SrtpReceiver.UNKNOWN, -1);
            assertThat(copy).isEqualTo(bytes);
        }
    }

    /** Whatever shape a packet has, it is refused with a code or comes back the same at the other side. */
    @FuzzTest
    void shouldGiveBackWhateverCanBeProtected(byte[] bytes) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] salt = new byte[profile.saltBytes()];
            SrtpSender sender = new SrtpSender(profile, KEY, salt, 2);
            SrtpReceiver receiver = new SrtpReceiver(profile, KEY, salt, 2);
            byte[] out = new byte[bytes.length + profile.maxOverheadRtcp()];
            int length = sender.protectRtp(bytes, 0, bytes.length, out, 0);
            if (length > 0) {
                assertThat(receiver.unprotectRtp(out, 0, length)).isEqualTo(bytes.length);
                assertThat(out).startsWith(bytes);
            }
            length = sender.protectRtcp(bytes, 0, bytes.length, out, 0);
            if (length > 0) {
                assertThat(receiver.unprotectRtcp(out, 0, length)).isEqualTo(bytes.length);
                assertThat(out).startsWith(bytes);
            }
        }
    }
}
