package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.wire.BigEndian;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GcmCipherTest {
    private static final int TAG = GcmCipher.TAG_BYTES;

    /** Both ways of hashing; the JVM of the tests opens the package that the faster one is in. */
    private enum Hash {
        JAVA(JavaGhash::new),
        JDK(JdkGhash::new);

        private final Function<byte[], Ghash> maker;

        Hash(Function<byte[], Ghash> maker) {
            this.maker = maker;
        }
    }

    private final Random random = new Random(20_261);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** What the JDK makes of it: ciphertext and tag. */
    private static byte[] expected(byte[] key, byte[] salt, int ssrc, long index, byte[] associated, byte[] plain)
            throws GeneralSecurityException {
        byte[] iv = new byte[12];
        BigEndian.put32(iv, 2, ssrc);
        BigEndian.put16(iv, 6, (int) (index >>> 32));
        BigEndian.put32(iv, 8, (int) index);
        for (int i = 0; i < iv.length; i++) {
            iv[i] ^= salt[i];
        }
        Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
        jdk.updateAAD(associated);
        return jdk.doFinal(plain);
    }

    @Test
    void shouldHaveTheFasterHashWhereThePackageIsOpened() {
        assertThat(JdkGhash.available()).as("of JDK %s", Runtime.version()).isTrue();
        assertThat(Ghash.of(new byte[16])).isInstanceOf(JdkGhash.class);
    }

    /** Test cases 2, 3, 4 and 16 of the GCM specification; an SSRC and index of zero leave the salt as the vector. */
    @ParameterizedTest
    @EnumSource
    void shouldSealTheSpecificationsVectors(Hash hash) {
        String key = "feffe9928665731c6d6a8f9467308308";
        String iv = "cafebabefacedbaddecaf888";
        String plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
        String associated = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
        String cipher = "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985";
        String cipher256 = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
        assertThat(seal(hash, "00".repeat(16), "00".repeat(12), "", "00".repeat(16)))
                .isEqualTo("0388dace60b6a392f328c2b971b2fe78" + "ab6e47d42cec13bdf53a67b21257bddf");
        assertThat(seal(hash, key, iv, "", plain)).isEqualTo(cipher + "4d5c2af327cd64a62cf35abd2ba6fab4");
        assertThat(seal(hash, key, iv, associated, plain.substring(0, 120)))
                .isEqualTo(cipher.substring(0, 120) + "5bc94fbc3221a5db94fae95ae7121a47");
        assertThat(seal(hash, key + key, iv, associated, plain.substring(0, 120)))
                .isEqualTo(cipher256 + "76fc6ece0f4e1768cddf8853bb2d551b");
    }

    private static String seal(Hash hash, String key, String salt, String associated, String plain) {
        GcmCipher gcm = new GcmCipher(hex(key), hex(salt), hash.maker);
        byte[] in = hex(plain);
        byte[] out = new byte[in.length + TAG];
        gcm.start(0, 0);
        gcm.associated(hex(associated), 0, associated.length() / 2);
        assertThat(gcm.seal(in, 0, in.length, out, 0)).isEqualTo(out.length);
        return HexFormat.of().formatHex(out);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSealAndOpenEveryLengthAsTheJdkDoes(Hash hash) throws GeneralSecurityException {
        for (int keyBytes : new int[] {16, 32}) {
            // given: one cipher for all, so that nothing of a packet may linger
            byte[] key = bytes(keyBytes);
            byte[] salt = bytes(12);
            GcmCipher sealer = new GcmCipher(key, salt, hash.maker);
            GcmCipher opener = new GcmCipher(key, salt, hash.maker);
            for (int length = 0; length <= 1_500; length++) {
                byte[] associated = bytes(random.nextInt(80));
                byte[] plain = bytes(length);
                int ssrc = random.nextInt();
                long index = random.nextLong() & 0xFFFF_FFFF_FFFFL;
                byte[] expected = expected(key, salt, ssrc, index, associated, plain);
                int at = random.nextInt(20);
                // when: elsewhere, with the associated data in two pieces
                byte[] out = new byte[at + length + TAG];
                int piece = random.nextInt(associated.length + 1);
                sealer.start(ssrc, index);
                sealer.associated(associated, 0, piece);
                sealer.associated(associated, piece, associated.length - piece);
                int sealed = sealer.seal(plain, 0, length, out, at);
                // then
                assertThat(sealed).isEqualTo(length + TAG);
                assertThat(Arrays.copyOfRange(out, at, at + sealed))
                        .as("%d bytes, %d associated", length, associated.length)
                        .isEqualTo(expected);
                // when: in place
                byte[] place = Arrays.copyOf(plain, length + TAG);
                sealer.start(ssrc, index);
                sealer.associated(associated, 0, associated.length);
                sealer.seal(place, 0, length, place, 0);
                // then
                assertThat(place).isEqualTo(expected);
                // when
                opener.start(ssrc, index);
                opener.associated(associated, 0, associated.length);
                // then
                assertThat(opener.open(out, at, sealed)).isTrue();
                assertThat(Arrays.copyOfRange(out, at, at + length)).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSealWithAssociatedDataOfEveryLength(Hash hash) throws GeneralSecurityException {
        // given
        byte[] key = bytes(16);
        byte[] salt = bytes(12);
        GcmCipher gcm = new GcmCipher(key, salt, hash.maker);
        byte[] plain = bytes(33);
        for (int length = 0; length <= 1_500; length++) {
            byte[] associated = bytes(length);
            byte[] out = new byte[plain.length + TAG];
            // when
            gcm.start(7, length);
            gcm.associated(associated, 0, length);
            gcm.seal(plain, 0, plain.length, out, 0);
            // then
            assertThat(out).as("%d bytes", length).isEqualTo(expected(key, salt, 7, length, associated, plain));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSealWhatIsLongerThanAnyDatagram(Hash hash) throws GeneralSecurityException {
        byte[] key = bytes(16);
        byte[] salt = bytes(12);
        GcmCipher gcm = new GcmCipher(key, salt, hash.maker);
        for (int length : new int[] {2_100, 5_000, 70_001}) {
            byte[] plain = bytes(length);
            byte[] associated = bytes(length / 2);
            byte[] out = new byte[length + TAG];
            gcm.start(1, 2);
            gcm.associated(associated, 0, associated.length);
            gcm.seal(plain, 0, length, out, 0);
            assertThat(out).isEqualTo(expected(key, salt, 1, 2, associated, plain));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldOpenNothingOfWhichABitIsChanged(Hash hash) {
        // given
        GcmCipher gcm = new GcmCipher(bytes(16), bytes(12), hash.maker);
        byte[] associated = bytes(12);
        byte[] packet = bytes(150);
        gcm.start(5, 6);
        gcm.associated(associated, 0, associated.length);
        gcm.seal(packet, 0, packet.length - TAG, packet, 0);
        for (int bit = 0; bit < 8 * packet.length; bit++) {
            // when: data or tag
            byte[] changed = packet.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] before = changed.clone();
            gcm.start(5, 6);
            gcm.associated(associated, 0, associated.length);
            // then
            assertThat(gcm.open(changed, 0, changed.length)).as("bit %d", bit).isFalse();
            assertThat(changed).as("left alone").isEqualTo(before);
        }
        for (int bit = 0; bit < 8 * associated.length; bit++) {
            // when: associated data
            byte[] changed = associated.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            gcm.start(5, 6);
            gcm.associated(changed, 0, changed.length);
            // then
            assertThat(gcm.open(packet.clone(), 0, packet.length)).isFalse();
        }
        // when: another packet's vector
        gcm.start(5, 7);
        gcm.associated(associated, 0, associated.length);
        // then
        assertThat(gcm.open(packet.clone(), 0, packet.length)).isFalse();
        // and then: nothing of the failures stays
        gcm.start(5, 6);
        gcm.associated(associated, 0, associated.length);
        assertThat(gcm.open(packet, 0, packet.length)).isTrue();
    }
}
