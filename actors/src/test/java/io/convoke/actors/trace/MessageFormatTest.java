package io.convoke.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.convoke.actors.state.StateChange;
import io.convoke.actors.state.StateSnapshot;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes of different versions send each other must not change by accident. */
class MessageFormatTest {
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TraceEvent EVENT = new TraceEvent(
            Instant.parse("2026-02-23T09:02:21.588123Z"),
            7,
            "core1",
            Origin.CORE,
            Facility.LOCAL0,
            Severity.WARNING,
            "host:server",
            "callAllocated",
            "call 11: allocated",
            Ids.none().withParticipant(new UUID(0, 1)).withLoginRequest(3L).withCallNumber(11));

    private final ActorTestKit kit = ActorTestKit.create("format");
    private final Serialization serialization =
            SerializationExtension.get(kit.system().classicSystem());

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldSendATraceEventAsThis() throws Exception {
        assertFormat(EVENT, """
                {"at":"2026-02-23T09:02:21.588123Z","sequence":7,"node":"core1","origin":"CORE","facility":"LOCAL0",
                 "severity":"WARNING","program":"host:server","step":"callAllocated","text":"call 11: allocated",
                 "ids":{"loginRequest":3,"participant":"00000000-0000-0000-0000-000000000001","callNumber":11}}
                """);
    }

    @Test
    void shouldSendStatesAndChangesAsThis() throws Exception {
        assertFormat(
                new StateSnapshot("guests", "guest1", "n1", "{}"),
                "{\"kind\":\"guests\",\"id\":\"guest1\",\"node\":\"n1\",\"json\":\"{}\"}");
        assertFormat(new StateChange("guests", "guest1", "added", Instant.EPOCH, "n1"), """
                {"kind":"guests","id":"guest1","what":"added","at":"1970-01-01T00:00:00Z","node":"n1"}
                """);
    }

    @Test
    void shouldUnderstandAYoungerVersionThatSaysMore() throws Exception {
        // given
        SerializerWithStringManifest serializer = (SerializerWithStringManifest) serialization.findSerializerFor(EVENT);
        byte[] younger = CBOR.writeValueAsBytes(
                JSON.readTree("{\"kind\":\"guests\",\"id\":\"g\",\"node\":\"n\",\"json\":\"{}\",\"mood\":\"new\"}"));

        // when, then
        assertThat(serializer.fromBinary(younger, StateSnapshot.class.getName()))
                .isEqualTo(new StateSnapshot("guests", "g", "n", "{}"));
    }

    private void assertFormat(Object message, String json) throws Exception {
        byte[] bytes = serialization.serialize(message).get();
        JsonNode sent = JSON.readTree(CBOR.readTree(bytes).toString());
        // UUIDs travel as 16 bytes, which JSON shows in Base64.
        String text = sent.toString().replace("\"AAAAAAAAAAAAAAAAAAAAAQ==\"", "\"" + new UUID(0, 1) + "\"");
        assertThat(JSON.readTree(text)).isEqualTo(JSON.readTree(json));
        assertThat(serialization.deserialize(bytes, message.getClass()).get()).isEqualTo(message);
    }
}
