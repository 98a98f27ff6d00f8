package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SrtpVectorsTest {
    // RFC 7714 §16, §17: session key, session salt "Quid pro quo"
    private static final byte[] GCM_KEY = bytes("000102030405060708090a0b0c0d0e0f");
    private static final byte[] GCM_SALT = bytes("517569642070726f2071756f");

    // V=2, PT 64, sequence f17b | timestamp | SSRC | "Gallia est omnis divisa in partes tres"
    private static final String RTP = "8040f17b" + "8041f8d3" + "5501a0b2"
            + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final String SRTP = "8040f17b" + "8041f8d3" + "5501a0b2"
            + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
            + "899d7f27beb16a9152cf765ee4390cce";

    // Sender report of SSRC "Mars" with one block
    private static final String RTCP = "81c8000d" + "4d617273"
            + "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private static final String SRTCP = "81c8000d" + "4d617273"
            + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
            + "c84aa45896cf4d2fc5abf87245d9eade"
            + "800005d4";
    private static final String SRTCP_TAG_ONLY = RTCP + "841dd9683dd78ec92ae58790125f62b3" + "000005d4";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }

    private static String protect(PacketCipher cipher, String plain, int header, int ssrc, long index) {
        byte[] in = bytes(plain);
        byte[] out = new byte[in.length + cipher.overheadBytes()];
        return hex(out, cipher.protect(in, 0, in.length, header, ssrc, index, out, 0));
    }

    private static String unprotect(PacketCipher cipher, String hex, int header, int ssrc, long index) {
        byte[] packet = bytes(hex);
        int length = cipher.unprotect(packet, 0, packet.length, header, ssrc, index);
        return length < 0 ? "failed" : hex(packet, length);
    }

    @Test
    void shouldProtectAndUnprotectTheGcmRtpVector() {
        GcmRtpCipher cipher = new GcmRtpCipher(GCM_KEY, GCM_SALT);
        assertThat(protect(cipher, RTP, 12, 0x5501A0B2, 0xF17B)).isEqualTo(SRTP);
        assertThat(unprotect(cipher, SRTP, 12, 0x5501A0B2, 0xF17B)).isEqualTo(RTP);
    }

    @Test
    void shouldProtectAndUnprotectTheGcmRtcpVectors() {
        GcmRtcpCipher cipher = new GcmRtcpCipher(GCM_KEY, GCM_SALT);
        assertThat(protect(cipher, RTCP, 8, 0x4D617273, 0x5D4)).isEqualTo(SRTCP);
        assertThat(unprotect(cipher, SRTCP, 8, 0x4D617273, 0x5D4)).isEqualTo(RTCP);
        assertThat(unprotect(cipher, SRTCP_TAG_ONLY, 8, 0x4D617273, 0x5D4)).isEqualTo(RTCP);
    }

    @Test
    void shouldDeriveTheKeysOfRfc3711AppendixB3() {
        // given
        KeyDerivation keys =
                new KeyDerivation(bytes("e1f97a0d3e018be0d64fa32c06de4139"), bytes("0ec675ad498afeebb6960b3aabe6"));
        // then
        assertThat(keys.derive(KeyDerivation.RTP_ENCRYPTION, 16)).isEqualTo(bytes("c61e7a93744f39ee10734afe3ff7a087"));
        assertThat(keys.derive(KeyDerivation.RTP_SALT, 14)).isEqualTo(bytes("30cbbc08863d8c85d49db34a9ae1"));
        assertThat(keys.derive(KeyDerivation.RTP_AUTHENTICATION, 94))
                .isEqualTo(bytes("cebe321f6ff7716b6fd4ab49af256a15" + "6d38baa48f0a0acf3c34e2359e6cdbce"
                        + "e049646c43d9327ad175578ef7227098" + "6371c10c9a369ac2f94a8c5fbcdddc25"
                        + "6d6e919a48b610ef17c2041e47403576" + "6b68642c59bbfc2f34db60dbdfb2"));
    }

    @Test
    void shouldMakeTheKeystreamOfRfc3711AppendixB2() {
        // given: SSRC and index zero, so that the counter starts at the salt
        CounterMode aes =
                new CounterMode(bytes("2b7e151628aed2a6abf7158809cf4f3c"), bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
        byte[] zeros = new byte[0xFF02 * 16];
        byte[] keystream = new byte[zeros.length];
        // when
        aes.apply(0, 0, zeros, 0, zeros.length, keystream, 0);
        // then
        assertThat(Arrays.copyOf(keystream, 48))
                .isEqualTo(bytes("e03ead0935c95e80e166b16dd92b4eb4" + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0"));
        assertThat(Arrays.copyOfRange(keystream, 0xFEFF * 16, 0xFF02 * 16))
                .isEqualTo(bytes("ec8cdf7398607cb0f2d21675ea9ea1e4" + "362b7c3c6773516318a077d7fc5073ae"
                        + "6a2cc3787889374fbeb4c81b17ba6c44"));
    }

    @Test
    void shouldRefuseEveryChangedBitOfTheGcmVectors() {
        // given
        GcmRtcpCipher cipher = new GcmRtcpCipher(GCM_KEY, GCM_SALT);
        byte[] packet = bytes(SRTCP);
        for (int bit = 0; bit < packet.length * 8; bit++) {
            // when
            byte[] changed = packet.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] before = changed.clone();
            // then
            assertThat(cipher.unprotect(changed, 0, changed.length, 8, 0x4D617273, 0x5D4))
                    .isEqualTo(SrtpReceiver.AUTHENTICATION_FAILED);
            assertThat(changed).isEqualTo(before);
        }
    }
}
