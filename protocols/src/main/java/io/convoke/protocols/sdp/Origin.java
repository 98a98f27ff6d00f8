package io.convoke.protocols.sdp;

/**
 * Who made a description, and which one of that session it is (RFC 8866 §5.2).
 *
 * @param sessionId 0 to 2^63-1 (RFC 8829 §5.2.1), the same in all descriptions of a session
 * @param sessionVersion grows by one with each changed description
 */
public record Origin(String userName, long sessionId, long sessionVersion, String address) {
    String line() {
        return "o=" + userName + " " + Long.toUnsignedString(sessionId) + " " + Long.toUnsignedString(sessionVersion)
                + " " + address;
    }
}
