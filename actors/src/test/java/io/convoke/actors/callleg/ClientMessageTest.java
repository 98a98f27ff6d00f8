package io.convoke.actors.callleg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageTest {
    @Test
    void shouldReadAnOffer() {
        // when
        ClientMessage message = ClientMessage.read(
                "{\"type\":\"offer\",\"id\":3,\"sdp\":\"v=0\",\"sources\":{\"1\":\"camera\"},\"x\":1}");

        // then
        assertThat(message).isEqualTo(new ClientMessage.Offer(3, "v=0", Map.of("1", "camera")));
    }

    @Test
    void shouldReadAStateWithOneField() {
        // then
        assertThat(ClientMessage.read("{\"type\":\"state\",\"videoMuted\":false}"))
                .isEqualTo(new ClientMessage.State(null, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{\"type\":1}",
                "{\"type\":\"offer\"}",
                "{\"type\":\"offer\",\"id\":1.5,\"sdp\":\"\"}",
                "{\"type\":\"offer\",\"id\":1}",
                "{\"type\":\"offer\",\"id\":1,\"sdp\":\"\",\"sources\":{\"0\":\"piano\"}}",
                "{\"type\":\"offer\",\"id\":1,\"sdp\":\"\",\"sources\":[]}",
                "{\"type\":\"state\",\"audioMuted\":\"yes\"}"
            })
    void shouldCallEverythingElseBad(String text) {
        // then
        assertThat(ClientMessage.read(text))
                .isInstanceOfSatisfying(
                        ClientMessage.Bad.class, bad -> assertThat(bad.code()).isEqualTo("badMessage"));
    }

    @Test
    void shouldSayWhichOfferWasWrong() {
        // when
        ClientMessage message = ClientMessage.read("{\"type\":\"offer\",\"id\":9,\"sdp\":7}");

        // then
        assertThat(message)
                .isInstanceOfSatisfying(
                        ClientMessage.Bad.class,
                        bad -> assertThat(bad.inReplyTo()).isEqualTo(9));
    }
}
