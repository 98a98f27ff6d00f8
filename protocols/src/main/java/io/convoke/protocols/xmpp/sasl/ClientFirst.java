package io.convoke.protocols.xmpp.sasl;

import io.convoke.protocols.text.Saslprep;
import org.jspecify.annotations.Nullable;

/**
 * The client's first message (RFC 5802 §7): {@code gs2-header [mandatory extension] username nonce [extensions]}.
 *
 * @param gs2Header with its last comma
 * @param bare all behind the header
 */
record ClientFirst(String gs2Header, String bare, String username, String authorizationId, String nonce) {
    /** Null where it is not well-formed, demands channel binding, or has an extension that must be understood. */
    static @Nullable ClientFirst read(String text) {
        int flagEnd = text.indexOf(',');
        int headerEnd = flagEnd < 0 ? -1 : text.indexOf(',', flagEnd + 1);
        if (headerEnd < 0) {
            return null;
        }
        String flag = text.substring(0, flagEnd);
        String authorization = text.substring(flagEnd + 1, headerEnd);
        String bare = text.substring(headerEnd + 1);
        String[] parts = bare.split(",", -1);
        if (!(flag.equals("n") || flag.equals("y")) || parts.length < 2) {
            return null;
        }
        String authorizationId = authorization.isEmpty() ? "" : name(authorization, 'a');
        String username = name(parts[0], 'n');
        String nonce = ScramText.value(parts[1], 'r');
        if (authorizationId == null || username == null || nonce == null || !ScramText.isNonce(nonce)) {
            return null;
        }
        String prepared = Saslprep.prepare(username);
        return prepared.isEmpty()
                ? null
                : new ClientFirst(text.substring(0, headerEnd + 1), bare, prepared, authorizationId, nonce);
    }

    private static @Nullable String name(String attribute, char key) {
        String value = ScramText.value(attribute, key);
        return value == null ? null : ScramText.unescaped(value);
    }
}
