package io.convoke.media.client;

import io.convoke.protocols.rtp.RtpHeader;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Where a {@link SoftClient} puts what it receives. Called on its receiving thread; the arrays are the client's. */
public interface SoftSink {
    void rtp(byte[] plain, int length);

    void rtcp(byte[] plain, int length);

    /** One received packet. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rtp(
            int ssrc,
            int payloadType,
            int sequence,
            int timestamp,
            boolean marker,
            boolean extensions,
            byte[] payload) {}

    /** Keeps everything in queues. */
    final class Queues implements SoftSink {
        public final BlockingQueue<Rtp> rtp = new LinkedBlockingQueue<>();
        public final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();

        @Override
        public void rtp(byte[] plain, int length) {
            rtp.add(new Rtp(
                    RtpHeader.ssrc(plain, 0),
                    RtpHeader.payloadType(plain, 0),
                    RtpHeader.sequence(plain, 0),
                    RtpHeader.timestamp(plain, 0),
                    RtpHeader.marker(plain, 0),
                    RtpHeader.hasExtensions(plain, 0),
                    Arrays.copyOfRange(plain, RtpHeader.lengthBytes(plain, 0, length), length)));
        }

        @Override
        public void rtcp(byte[] plain, int length) {
            rtcp.add(Arrays.copyOf(plain, length));
        }
    }
}
