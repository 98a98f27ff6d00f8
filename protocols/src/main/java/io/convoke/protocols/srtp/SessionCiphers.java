package io.convoke.protocols.srtp;

/** The two ciphers of one direction, derived from its master key. */
record SessionCiphers(PacketCipher rtp, RtcpPacketCipher rtcp) {
    static SessionCiphers derive(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        SrtpKeys.requireLengths(profile, masterKey, masterSalt);
        KeyDerivation keys = new KeyDerivation(masterKey, masterSalt);
        byte[] rtpKey = keys.derive(KeyDerivation.RTP_ENCRYPTION, profile.keyBytes());
        byte[] rtpSalt = keys.derive(KeyDerivation.RTP_SALT, profile.saltBytes());
        byte[] rtcpKey = keys.derive(KeyDerivation.RTCP_ENCRYPTION, profile.keyBytes());
        byte[] rtcpSalt = keys.derive(KeyDerivation.RTCP_SALT, profile.saltBytes());
        return switch (profile) {
            case AEAD_AES_128_GCM ->
                new SessionCiphers(new GcmRtpCipher(rtpKey, rtpSalt), new GcmRtcpCipher(rtcpKey, rtcpSalt));
            case AES128_CM_HMAC_SHA1_80 -> {
                byte[] rtpTag = keys.derive(KeyDerivation.RTP_AUTHENTICATION, Sha1Tag.KEY_BYTES);
                byte[] rtcpTag = keys.derive(KeyDerivation.RTCP_AUTHENTICATION, Sha1Tag.KEY_BYTES);
                yield new SessionCiphers(
                        new CounterRtpCipher(rtpKey, rtpSalt, rtpTag),
                        new CounterRtcpCipher(rtcpKey, rtcpSalt, rtcpTag));
            }
        };
    }
}
