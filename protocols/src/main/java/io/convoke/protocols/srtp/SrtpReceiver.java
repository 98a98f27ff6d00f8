package io.convoke.protocols.srtp;

import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.wire.BigEndian;

/**
 * Checks and decrypts what the peer sends, for all streams under one master key. One thread. Nothing is remembered of a
 * packet before its authentication holds, so that forged packets change nothing.
 */
public final class SrtpReceiver {
    /** The tag does not fit: not from the peer, or damaged. */
    public static final int AUTHENTICATION_FAILED = -1;
    /** Received before, or older than the window of 512 packets. */
    public static final int REPLAYED = -2;
    /** Not an SRTP or SRTCP packet. */
    public static final int MALFORMED = -3;
    /** A further stream, while as many as allowed are known. */
    public static final int UNKNOWN = -4;

    private static final int DEFAULT_MAX_STREAMS = 64;
    private static final int RTCP_HEADER_BYTES = 8;

    private final SessionCiphers ciphers;
    private final StreamTable rtpStreams;
    private final StreamTable rtcpStreams;
    private final ReplayWindows rtpSeen;
    private final ReplayWindows rtcpSeen;

    /** For up to 64 streams. The arrays are read here and not kept. */
    public SrtpReceiver(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this(profile, masterKey, masterSalt, DEFAULT_MAX_STREAMS);
    }

    /**
     * @param maxStreams how many SSRCs the peer may send under this key, 1..65536
     * @throws IllegalArgumentException if a length is not the profile's
     */
    public SrtpReceiver(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, int maxStreams) {
        ciphers = SessionCiphers.derive(profile, masterKey, masterSalt);
        rtpStreams = new StreamTable(maxStreams);
        rtcpStreams = new StreamTable(maxStreams);
        rtpSeen = new ReplayWindows(maxStreams);
        rtcpSeen = new ReplayWindows(maxStreams);
    }

    /**
     * Turns an SRTP packet into the RTP packet it protects, in place.
     *
     * @return length of the RTP packet, or one of the negative constants with the bytes left as they were
     */
    public int unprotectRtp(byte[] packet, int offset, int length) {
        int plain = length - ciphers.rtp().overheadBytes();
        int header = RtpHeader.lengthBytes(packet, offset, plain);
        if (header == RtpHeader.MALFORMED) {
            return MALFORMED;
        }
        int ssrc = RtpHeader.ssrc(packet, offset);
        int sequence = RtpHeader.sequence(packet, offset);
        int stream = rtpStreams.find(ssrc);
        if (stream == StreamTable.ABSENT && rtpStreams.full()) {
            return UNKNOWN;
        }
        long index = sequence;
        if (stream != StreamTable.ABSENT) {
            long closest = PacketIndex.closest(rtpSeen.highest(stream), sequence);
            // Before the first cycle there is nothing: then it can only be a long jump forward within that cycle.
            index = closest < 0 ? sequence : closest;
            if (index > PacketIndex.MAX || rtpSeen.replayed(stream, index)) {
                return REPLAYED;
            }
        }
        int result = ciphers.rtp().unprotect(packet, offset, length, header, ssrc, index);
        if (result >= 0) {
            commit(rtpStreams, rtpSeen, stream, ssrc, index);
        }
        return result;
    }

    /**
     * Turns an SRTCP packet into the compound RTCP packet it protects, in place.
     *
     * @return length of the RTCP packet, or one of the negative constants with the bytes left as they were
     */
    public int unprotectRtcp(byte[] packet, int offset, int length) {
        int plain = length - ciphers.rtcp().overheadBytes();
        if (!RtpHeader.isRtcp(packet, offset, plain)) {
            return MALFORMED;
        }
        int ssrc = rtcpSsrc(packet, offset);
        int stream = rtcpStreams.find(ssrc);
        if (stream == StreamTable.ABSENT && rtcpStreams.full()) {
            return UNKNOWN;
        }
        int index = SrtcpIndex.index(packet, offset + ciphers.rtcp().indexWordAt(length));
        if (stream != StreamTable.ABSENT && rtcpSeen.replayed(stream, index)) {
            return REPLAYED;
        }
        int result = ciphers.rtcp().unprotect(packet, offset, length, RTCP_HEADER_BYTES, ssrc, index);
        if (result >= 0) {
            commit(rtcpStreams, rtcpSeen, stream, ssrc, index);
        }
        return result;
    }

    static int rtcpSsrc(byte[] packet, int offset) {
        return BigEndian.i32(packet, offset + 4);
    }

    private static void commit(StreamTable streams, ReplayWindows seen, int stream, int ssrc, long index) {
        if (stream == StreamTable.ABSENT) {
            seen.start(streams.add(ssrc), index);
        } else {
            seen.commit(stream, index);
        }
    }
}
