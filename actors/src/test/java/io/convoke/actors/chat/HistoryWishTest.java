package io.convoke.actors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.xml.StreamParser;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryWishTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                       | 5",
                "<history/>                             | 5",
                "<history maxstanzas='2'/>              | 2",
                "<history maxstanzas='0'/>              | 0",
                "<history maxstanzas='many'/>           | 5",
                "<history maxchars='30'/>               | 3",
                "<history maxchars='0'/>                | 0",
                "<history seconds='150'/>               | 2",
                "<history since='2026-11-25T11:57:00Z'/>| 3",
                "<history since='yesterday'/>           | 5",
                "<history seconds='150' since='2026-11-25T11:00:00Z'/> | 2",
                "<history seconds='999999999' maxstanzas='4' maxchars='20'/> | 2",
            })
    void shouldSendAsMuchAsIsWanted(String history, int expected) {
        // given
        List<ChatMessage> messages = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> new ChatMessage(
                        new UUID(0, i),
                        NOW.minusSeconds(60L * (6 - i)),
                        "Ana",
                        ChatMessage.Kind.PARTICIPANT,
                        null,
                        "0123456789"))
                .toList();
        String x = "<x xmlns='http://jabber.org/protocol/muc'>" + (history == null ? "" : history) + "</x>";

        // when
        List<ChatMessage> sent = HistoryWish.of(StreamParser.parse(x)).of(messages, NOW);

        // then
        assertThat(sent).isEqualTo(messages.subList(5 - expected, 5));
    }
}
