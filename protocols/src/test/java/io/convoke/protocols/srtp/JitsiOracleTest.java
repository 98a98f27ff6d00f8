package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The other implementation's word on every packet, both ways; its AES is Bouncy Castle's, ours is the JDK's. */
class JitsiOracleTest {
    private static final int SSRC = 0x1234ABCD;
    private static final long SEED = 20261120;

    private final byte[] key = new byte[16];
    private final byte[] salt = new byte[14];

    @BeforeAll
    static void chooseCiphers() {
        Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$BouncyCastleCipherFactory");
    }

    @BeforeEach
    void drawKeys() {
        Random random = new Random(SEED);
        random.nextBytes(key);
        random.nextBytes(salt);
    }

    private byte[] salt(SrtpProfile profile) {
        return Arrays.copyOf(salt, profile.saltBytes());
    }

    private SrtpContextFactory factory(SrtpProfile profile, boolean sends) {
        boolean gcm = profile == SrtpProfile.AEAD_AES_128_GCM;
        SrtpPolicy policy = new SrtpPolicy(
                gcm ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION,
                16,
                gcm ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION,
                gcm ? 0 : 20,
                profile.tagBytes(),
                profile.saltBytes());
        policy.setSendReplayEnabled(false);
        return new SrtpContextFactory(sends, key.clone(), salt(profile), policy, policy, new LoggerImpl("oracle"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeUnderstoodByTheOracle(SrtpProfile profile) throws GeneralSecurityException {
        // given
        SrtpSender ours = new SrtpSender(profile, key, salt(profile));
        SrtpContextFactory factory = factory(profile, false);
        SrtpCryptoContext oracle = factory.deriveContext(SSRC, 0);
        SrtcpCryptoContext controlOracle = factory.deriveControlContext(SSRC);
        int sequence = 65_000;
        for (int i = 0; i < 1_500; i++, sequence++) {
            // when: every tenth packet comes after its successor, resent across the wrap
            int sent = i % 10 == 8 ? sequence + 1 : i % 10 == 9 ? sequence - 1 : sequence;
            byte[] plain = SrtpPackets.rtp(SSRC, sent & 0xFFFF);
            Packet packet = new Packet(plain);
            packet.setLength(ours.protectRtp(packet.buffer, 0, plain.length, packet.buffer, 0));
            // then
            assertThat(oracle.reverseTransformPacket(packet, false)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(packet.bytes()).isEqualTo(plain);
        }
        for (int i = 0; i < 100; i++) {
            // when
            byte[] plain = SrtpPackets.rtcp(SSRC);
            Packet packet = new Packet(plain);
            packet.setLength(ours.protectRtcp(packet.buffer, 0, plain.length, packet.buffer, 0));
            // then
            assertThat(controlOracle.reverseTransformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(packet.bytes()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldUnderstandTheOracle(SrtpProfile profile) throws GeneralSecurityException {
        // given
        SrtpReceiver ours = new SrtpReceiver(profile, key, salt(profile));
        SrtpContextFactory factory = factory(profile, true);
        SrtpCryptoContext oracle = factory.deriveContext(SSRC, 0);
        SrtcpCryptoContext controlOracle = factory.deriveControlContext(SSRC);
        Packet late = null;
        for (int i = 0; i < 1_500; i++) {
            // when
            byte[] plain = SrtpPackets.rtp(SSRC, (65_000 + i) & 0xFFFF);
            Packet packet = new Packet(plain);
            oracle.transformPacket(packet);
            if (i % 100 == 50) {
                late = packet;
                continue;
            }
            byte[] again = packet.bytes();
            // then
            assertThat(ours.unprotectRtp(packet.buffer, 0, packet.length)).isEqualTo(plain.length);
            assertThat(Arrays.copyOf(packet.buffer, plain.length)).isEqualTo(plain);
            assertThat(ours.unprotectRtp(again, 0, again.length)).isEqualTo(SrtpReceiver.REPLAYED);
            if (late != null && i % 100 == 90) {
                assertThat(ours.unprotectRtp(late.buffer, 0, late.length)).isPositive();
            }
        }
        for (int i = 0; i < 100; i++) {
            // when
            byte[] plain = SrtpPackets.rtcp(SSRC);
            Packet packet = new Packet(plain);
            controlOracle.transformPacket(packet);
            byte[] again = packet.bytes();
            // then
            assertThat(ours.unprotectRtcp(packet.buffer, 0, packet.length)).isEqualTo(plain.length);
            assertThat(Arrays.copyOf(packet.buffer, plain.length)).isEqualTo(plain);
            assertThat(ours.unprotectRtcp(again, 0, again.length)).isEqualTo(SrtpReceiver.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeTheSameBytesAsTheOracleForResentPackets(SrtpProfile profile) throws GeneralSecurityException {
        // given
        SrtpSender ours = new SrtpSender(profile, key, salt(profile));
        SrtpCryptoContext oracle = factory(profile, true).deriveContext(SSRC, 0);
        // never the same twice in a row: the oracle cannot do that with GCM
        for (int sequence : new int[] {65_000, 65_500, 200, 65_400, 300, 65_535, 0}) {
            // when
            byte[] plain = SrtpPackets.rtp(SSRC, sequence);
            Packet theirs = new Packet(plain);
            oracle.transformPacket(theirs);
            byte[] out = new byte[plain.length + profile.maxOverheadRtp()];
            int length = ours.protectRtp(plain, 0, plain.length, out, 0);
            // then
            assertThat(Arrays.copyOf(out, length)).as("sequence %d", sequence).isEqualTo(theirs.bytes());
        }
    }

    /** The shape in which the oracle takes packets. */
    private static final class Packet implements ByteArrayBuffer {
        private final byte[] buffer;
        private int offset;
        private int length;

        Packet(byte[] plain) {
            buffer = Arrays.copyOf(plain, plain.length + 64);
            length = plain.length;
        }

        byte[] bytes() {
            return Arrays.copyOfRange(buffer, offset, offset + length);
        }

        @Override
        public byte[] getBuffer() {
            return buffer;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int newLength) {
            length = newLength;
        }

        @Override
        public void setOffset(int newOffset) {
            offset = newOffset;
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] target) {
            System.arraycopy(buffer, offset + from, target, 0, count);
        }

        @Override
        public void grow(int howMuch) {
            assertThat(buffer.length - offset - length).isGreaterThanOrEqualTo(howMuch);
        }

        @Override
        public void append(byte[] data, int count) {
            System.arraycopy(data, 0, buffer, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int howMuch) {
            length -= howMuch;
        }
    }
}
