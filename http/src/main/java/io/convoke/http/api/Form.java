package io.convoke.http.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a request ({@code application/x-www-form-urlencoded}). Of several with one name the last counts. Characters are UTF-8, or, where the bytes
 * are none, ISO 8859-1: what clients say about it is often wrong.
 */
final class Form {
    private final Map<String, String> values;

    private Form(Map<String, String> values) {
        this.values = values;
    }

    /** Null where it is malformed. Empty pairs, as a body that begins with {@code &} has, are passed over. */
    static @Nullable Form read(byte[] bytes) {
        Map<String, String> values = new LinkedHashMap<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (name == null || value == null) {
                return null;
            }
            if (!name.isEmpty()) {
                values.put(name, value);
            }
        }
        return new Form(values);
    }

    /** Both forms' parameters; where both have one, {@code other}'s. */
    Form with(Form other) {
        Map<String, String> both = new LinkedHashMap<>(values);
        both.putAll(other.values);
        return new Form(both);
    }

    /** Empty where it was left out, which is something else than an empty value. */
    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The value, or {@code otherwise} where it was left out. */
    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** The value, which must be there and not empty. */
    String required(String name) {
        String value = get(name, "");
        if (value.isEmpty()) {
            throw ApiFailure.parameter(name, "valueMissing", "The parameter " + name + " is missing.");
        }
        return value;
    }

    /** Never the values: secrets are among them. */
    @Override
    public String toString() {
        return "Form" + values.keySet();
    }

    /** Each character of {@code text} stands for one byte; null where a % is followed by anything but two digits. */
    private static @Nullable String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.write(c == '+' ? ' ' : c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return text(bytes.toByteArray());
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
