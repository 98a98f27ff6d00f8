package io.convoke.protocols.srtp;

import org.jspecify.annotations.Nullable;

/** A protection profile as the DTLS use_srtp extension names it (RFC 5764 §4.1.2, RFC 7714 §14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10);

    private static final int SRTCP_INDEX_BYTES = 4;

    private final int dtlsId;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int dtlsId, int keyBytes, int saltBytes, int tagBytes) {
        this.dtlsId = dtlsId;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** The profile with this number in use_srtp, or null if it is not one of these. */
    public static @Nullable SrtpProfile ofDtlsId(int dtlsId) {
        for (SrtpProfile profile : values()) {
            if (profile.dtlsId == dtlsId) {
                return profile;
            }
        }
        return null;
    }

    /** Number in the use_srtp extension. */
    public int dtlsId() {
        return dtlsId;
    }

    /** Length of a master key. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Length of a master salt. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Length of the authentication tag. */
    public int tagBytes() {
        return tagBytes;
    }

    /** How much longer an RTP packet gets at most. */
    public int maxOverheadRtp() {
        return tagBytes;
    }

    /** How much longer an RTCP packet gets at most. */
    public int maxOverheadRtcp() {
        return tagBytes + SRTCP_INDEX_BYTES;
    }

    /** Length of the keying material to take from the DTLS exporter. */
    public int exportedBytes() {
        return 2 * (keyBytes + saltBytes);
    }
}
