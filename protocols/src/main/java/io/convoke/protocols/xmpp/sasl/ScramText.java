package io.convoke.protocols.xmpp.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The pieces that SCRAM's messages are made of (RFC 5802 §7). Null wherever a peer's text does not fit. */
final class ScramText {
    static final int MAX_MESSAGE_BYTES = 4096;
    private static final int MAX_NONCE = 512;

    private ScramText() {}

    static @Nullable String utf8(byte[] bytes) {
        if (bytes.length > MAX_MESSAGE_BYTES) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException bad) {
            return null;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte @Nullable [] unbase64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException bad) {
            return null;
        }
    }

    /** The value of {@code name=value}. */
    static @Nullable String value(String attribute, char name) {
        return attribute.length() >= 2 && attribute.charAt(0) == name && attribute.charAt(1) == '='
                ? attribute.substring(2)
                : null;
    }

    static boolean isNonce(@Nullable String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= MAX_NONCE
                && text.chars().allMatch(character -> character > ' ' && character < 0x7F && character != ',');
    }

    /** {@code =2C} and {@code =3D} undone; null where another {@code =} or a control character is in it, or nothing. */
    static @Nullable String unescaped(String saslname) {
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < saslname.length(); at++) {
            char character = saslname.charAt(at);
            if (Character.isISOControl(character)) {
                return null;
            }
            if (character != '=') {
                name.append(character);
            } else if (saslname.startsWith("=2C", at)) {
                name.append(',');
                at += 2;
            } else if (saslname.startsWith("=3D", at)) {
                name.append('=');
                at += 2;
            } else {
                return null;
            }
        }
        return name.isEmpty() ? null : name.toString();
    }

    static String escaped(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    static byte[] xor(byte[] one, byte[] other) {
        byte[] result = one.clone();
        for (int index = 0; index < result.length; index++) {
            result[index] ^= other[index];
        }
        return result;
    }
}
