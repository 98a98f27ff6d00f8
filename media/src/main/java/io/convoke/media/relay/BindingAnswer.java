package io.convoke.media.relay;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.net.InetSocketAddress;

/** The answer to a Binding request: where it came from, or which attributes are not understood (RFC 8489 §6.3.1). */
final class BindingAnswer {
    private static final int UNKNOWN_ATTRIBUTE = 420;

    private BindingAnswer() {}

    static byte[] to(StunMessage request, InetSocketAddress from) {
        int[] unknown = request.unknownRequired(BindingAnswer::understands);
        StunWriter answer = unknown.length > 0
                ? StunWriter.begin(StunType.BINDING_ERROR, request.transactionId())
                        .errorCode(UNKNOWN_ATTRIBUTE, "")
                        .unknownAttributes(unknown)
                : StunWriter.begin(StunType.BINDING_SUCCESS, request.transactionId())
                        .xorMappedAddress(from);
        return (request.hasFingerprint() ? answer.fingerprint() : answer).finish();
    }

    /** Credentials are understood and not asked for; what belongs to ICE is not for this server. */
    private static boolean understands(int type) {
        return type == StunAttribute.USERNAME
                || type == StunAttribute.REALM
                || type == StunAttribute.NONCE
                || type == StunAttribute.MESSAGE_INTEGRITY
                || type == StunAttribute.MESSAGE_INTEGRITY_SHA256;
    }
}
