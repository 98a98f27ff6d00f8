package io.convoke.actors.c2w;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** C2W messages as JSON in UTF-8. Unknown fields are ignored; so that a newer peer of the same version is understood. */
public final class C2wCodec {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private C2wCodec() {}

    /** The message's {@code type}, to name a frame with. */
    public static String name(C2wMessage message) {
        return message.getClass().getAnnotation(JsonTypeName.class).value();
    }

    /** One JSON object with its {@code type}. */
    public static byte[] write(C2wMessage message) {
        try {
            return JSON.writerFor(C2wMessage.class).writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "Expected a C2W message that JSON can hold, but found a " + name(message), e);
        }
    }

    /** The message in these bytes; {@link C2wFailure.Reason#PROTOCOL} where they hold none. */
    public static C2wMessage read(byte[] utf8) throws C2wFailure {
        try {
            C2wMessage message = JSON.readValue(utf8, C2wMessage.class);
            if (message == null) {
                throw new C2wFailure(C2wFailure.Reason.PROTOCOL, "Expected a C2W message, but found null");
            }
            return message;
        } catch (IOException e) {
            // The exception's own text may quote the bytes, and those may hold a passcode.
            throw new C2wFailure(
                    C2wFailure.Reason.PROTOCOL,
                    "Expected a C2W message of version " + C2wMessage.VERSION + ", but found something else ("
                            + e.getClass().getSimpleName() + ")");
        }
    }
}
