package io.convoke.protocols.dtls;

import io.convoke.protocols.srtp.SrtpProfile;
import java.util.List;

/**
 * How handshakes are done.
 *
 * @param profiles offered in use_srtp, best first
 * @param handshakeTimeoutMillis whole handshake, at least 1
 * @param resendMillis until a flight is sent again for the first time, at least 1; doubles each time. RFC 6347 §4.2.4.1 suggests
 *     1000 for an unknown path, but ours has just been measured by ICE and a lost flight is silence in somebody's ear
 */
public record DtlsSettings(List<SrtpProfile> profiles, int handshakeTimeoutMillis, int resendMillis) {
    public static final DtlsSettings DEFAULT =
            new DtlsSettings(List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80), 15_000, 100);

    public DtlsSettings {
        profiles = List.copyOf(profiles);
        if (profiles.isEmpty() || handshakeTimeoutMillis < 1 || resendMillis < 1) {
            throw new IllegalArgumentException("Expected a profile and times of at least 1 ms, but some are missing");
        }
    }
}
