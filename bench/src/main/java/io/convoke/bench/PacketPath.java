package io.convoke.bench;

import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.srtp.SrtpProfile;
import io.convoke.protocols.srtp.SrtpReceiver;
import io.convoke.protocols.srtp.SrtpSender;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a forwarded packet costs without its sockets: once removing the extensions, and for each receiver rewriting
 * the header and protecting. Run by {@code bench/run micro}, with the bytes allocated per packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PacketPath {
    private static final int SSRC = 0x0A0B0C0D;
    private static final int HEADER_BYTES = 20; // with one word of extensions and its head

    @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    /** A voice of 69 kbit/s in packets of 20 ms, and a full video packet. */
    @Param({"172", "1100"})
    int payloadBytes = 172;

    private byte[] plain = new byte[HEADER_BYTES + payloadBytes];
    private final byte[] work = new byte[2048];
    private final byte[] out = new byte[2048];
    private SrtpSender sender = sender();
    private SrtpReceiver receiver = receiver();
    private int sequence;

    /** One key for both directions here, so that the receiver reads what the sender wrote. */
    @Setup
    public void start() {
        sender = sender();
        receiver = receiver();
        plain = new byte[HEADER_BYTES + payloadBytes];
        plain[0] = (byte) 0x90;
        plain[1] = 111;
        plain[12] = (byte) 0xBE;
        plain[13] = (byte) 0xDE;
        plain[15] = 1;
        RtpHeader.setSsrc(plain, 0, SSRC);
    }

    /** Once for each packet received. */
    @Benchmark
    public int withoutExtensions() {
        return RtpHeader.withoutExtensions(plain, 0, plain.length, work, 0);
    }

    /** Once for each packet sent. */
    @Benchmark
    public int rewriteAndProtect() {
        int next = sequence++ & 0xFFFF;
        RtpHeader.setPayloadType(plain, 0, 111);
        RtpHeader.setSequence(plain, 0, next);
        RtpHeader.setTimestamp(plain, 0, next * 480);
        RtpHeader.setSsrc(plain, 0, SSRC);
        return sender.protectRtp(plain, 0, plain.length, out, 0);
    }

    /** As above, and once for each packet received: what it takes more is the receiving side's share. */
    @Benchmark
    public int protectAndUnprotect() {
        return receiver.unprotectRtp(out, 0, rewriteAndProtect());
    }

    private SrtpSender sender() {
        return new SrtpSender(profile, key(), new byte[profile.saltBytes()]);
    }

    private SrtpReceiver receiver() {
        return new SrtpReceiver(profile, key(), new byte[profile.saltBytes()]);
    }

    private static byte[] key() {
        return new byte[16];
    }
}
