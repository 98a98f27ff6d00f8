package io.convoke.protocols.srtp;

import io.convoke.protocols.rtp.RtpHeader;

/**
 * Protects what this side sends, for all streams under one master key. One thread. Every sequence of a stream must
 * always be protected with the same bytes: other bytes under the same sequence give away the key (RFC 7714 §8.4).
 */
public final class SrtpSender {
    private static final int DEFAULT_MAX_STREAMS = 256;
    private static final int RTCP_HEADER_BYTES = 8;

    private final SessionCiphers ciphers;
    private final StreamTable rtpStreams;
    private final StreamTable rtcpStreams;
    private final long[] highest;
    private final long[] nextRtcpIndex;

    /** For up to 256 streams. The arrays are read here and not kept. */
    public SrtpSender(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this(profile, masterKey, masterSalt, DEFAULT_MAX_STREAMS);
    }

    /**
     * @param maxStreams how many SSRCs may be sent under this key, 1..65536
     * @throws IllegalArgumentException if a length is not the profile's
     */
    public SrtpSender(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, int maxStreams) {
        ciphers = SessionCiphers.derive(profile, masterKey, masterSalt);
        rtpStreams = new StreamTable(maxStreams);
        rtcpStreams = new StreamTable(maxStreams);
        highest = new long[maxStreams];
        nextRtcpIndex = new long[maxStreams];
    }

    /**
     * Protects an RTP packet. The rollover counter follows from the highest sequence sent on this SSRC, so an old
     * packet sent again gets the counter it had. {@code in} and {@code out} may be the same array at the same offset,
     * and must not overlap otherwise; {@code out} needs {@link SrtpProfile#maxOverheadRtp} bytes more room.
     *
     * @return length of the SRTP packet, or {@link SrtpReceiver#MALFORMED}; {@link SrtpReceiver#REPLAYED} for a sequence
     *     before the stream's first; {@link SrtpReceiver#UNKNOWN} when there are too many streams or the key is used up
     */
    public int protectRtp(byte[] in, int offset, int length, byte[] out, int outOffset) {
        int header = RtpHeader.lengthBytes(in, offset, length);
        if (header == RtpHeader.MALFORMED) {
            return SrtpReceiver.MALFORMED;
        }
        int ssrc = RtpHeader.ssrc(in, offset);
        int stream = rtpStreams.find(ssrc);
        int sequence = RtpHeader.sequence(in, offset);
        if (stream == StreamTable.ABSENT) {
            if (rtpStreams.full()) {
                return SrtpReceiver.UNKNOWN;
            }
            stream = rtpStreams.add(ssrc);
            highest[stream] = sequence;
        }
        long index = PacketIndex.closest(highest[stream], sequence);
        if (index < 0) {
            return SrtpReceiver.REPLAYED;
        }
        if (index > PacketIndex.MAX) {
            return SrtpReceiver.UNKNOWN;
        }
        highest[stream] = Math.max(highest[stream], index);
        return ciphers.rtp().protect(in, offset, length, header, ssrc, index, out, outOffset);
    }

    /**
     * Protects a compound RTCP packet under the next SRTCP index of its first SSRC. Arrays as for {@link #protectRtp},
     * with {@link SrtpProfile#maxOverheadRtcp} bytes more room.
     *
     * @return length of the SRTCP packet, or {@link SrtpReceiver#MALFORMED}; {@link SrtpReceiver#UNKNOWN} when there are
     *     too many streams or the key is used up
     */
    public int protectRtcp(byte[] in, int offset, int length, byte[] out, int outOffset) {
        if (!RtpHeader.isRtcp(in, offset, length)) {
            return SrtpReceiver.MALFORMED;
        }
        int ssrc = SrtpReceiver.rtcpSsrc(in, offset);
        int stream = rtcpStreams.find(ssrc);
        if (stream == StreamTable.ABSENT) {
            if (rtcpStreams.full()) {
                return SrtpReceiver.UNKNOWN;
            }
            stream = rtcpStreams.add(ssrc);
        }
        if (nextRtcpIndex[stream] > SrtcpIndex.MAX) {
            return SrtpReceiver.UNKNOWN;
        }
        long index = nextRtcpIndex[stream]++;
        return ciphers.rtcp().protect(in, offset, length, RTCP_HEADER_BYTES, ssrc, index, out, outOffset);
    }
}
