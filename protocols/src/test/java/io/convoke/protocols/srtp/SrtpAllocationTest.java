package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.convoke.protocols.rtp.RtpHeader;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpAllocationTest {
    private static final int PACKETS = 20_000;
    private static final int WINDOWS = 8;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The fewest bytes of several runs: what the JVM does now and then, such as compiling, is not the packets'. */
    private long fewestBytes(Runnable run) {
        long fewest = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run.run();
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingForAPacket(SrtpProfile profile) {
        // given
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        SrtpSender sender = new SrtpSender(profile, key, salt);
        SrtpReceiver receiver = new SrtpReceiver(profile, key, salt);
        byte[] plain = SrtpPackets.rtp(7, 0);
        byte[] out = new byte[400];
        int[] sequence = new int[1];
        int[] failed = new int[1];
        // when
        long bytes = fewestBytes(() -> {
            for (int i = 0; i < PACKETS; i++) {
                RtpHeader.setSequence(plain, 0, sequence[0]++ & 0xFFFF);
                int length = sender.protectRtp(plain, 0, plain.length, out, 0);
                failed[0] += receiver.unprotectRtp(out, 0, length) == plain.length ? 0 : 1;
            }
        });
        // then
        assertThat(failed[0]).isZero();
        assertThat(bytes).as("for %d packets", PACKETS).isLessThan(PACKETS);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingForAnRtcpPacket(SrtpProfile profile) {
        // given
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        SrtpSender sender = new SrtpSender(profile, key, salt);
        SrtpReceiver receiver = new SrtpReceiver(profile, key, salt);
        byte[] plain = SrtpPackets.rtcp(7);
        byte[] out = new byte[400];
        int[] failed = new int[1];
        // when
        long bytes = fewestBytes(() -> {
            for (int i = 0; i < PACKETS; i++) {
                int length = sender.protectRtcp(plain, 0, plain.length, out, 0);
                failed[0] += receiver.unprotectRtcp(out, 0, length) == plain.length ? 0 : 1;
            }
        });
        // then
        assertThat(failed[0]).isZero();
        assertThat(bytes).as("for %d packets", PACKETS).isLessThan(PACKETS);
    }
}
