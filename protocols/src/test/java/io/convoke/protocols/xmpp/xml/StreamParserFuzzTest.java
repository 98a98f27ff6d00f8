package io.convoke.protocols.xmpp.xml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The first byte says how the rest is cut. */
class StreamParserFuzzTest {
    private static final StreamLimits LIMITS = new StreamLimits(400, 5, 6, 10);

    @FuzzTest
    void shouldReadTheSameHoweverItIsCut(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int size = 1 + (input[0] & 0x3F);
        // when
        List<StreamEvent> whole = StreamParserTest.events(new StreamParser(LIMITS), stream, stream.length + 1);
        List<StreamEvent> cut = StreamParserTest.events(new StreamParser(LIMITS), stream, size);
        List<StreamEvent> routed = StreamParserTest.events(StreamParser.routing(LIMITS), stream, size);
        // then
        assertThat(cut).isEqualTo(whole);
        assertThat(routed).hasSameSizeAs(whole);
        String contentNamespace = "";
        for (int index = 0; index < whole.size(); index++) {
            StreamEvent event = whole.get(index);
            if (event instanceof StreamEvent.Opened opened) {
                contentNamespace = opened.contentNamespace();
            }
            if (routed.get(index) instanceof StreamEvent.RawStanza raw && event instanceof StreamEvent.Stanza stanza) {
                shouldMeanTheSameElsewhere(raw, stanza, contentNamespace);
            } else {
                assertThat(routed.get(index)).isEqualTo(event);
            }
        }
    }

    /** On another stream of the same content namespace, which declares no prefix but its own. */
    private static void shouldMeanTheSameElsewhere(
            StreamEvent.RawStanza raw, StreamEvent.Stanza stanza, String contentNamespace) {
        assertThat(raw.bytes()).hasSize(stanza.lengthBytes());
        assertThat(raw.head().attributes()).isEqualTo(stanza.element().attributes());
        StringBuilder header = new StringBuilder("<q:stream xmlns:q='http://etherx.jabber.org/streams'");
        XmlOutput.attribute(header, "xmlns", contentNamespace);
        List<StreamEvent> events = new ArrayList<>();
        StreamParser other = new StreamParser(new StreamLimits(1 << 20, 100, 100, 1000));
        events.addAll(StreamParserTest.events(other, header.append('>').toString(), 1000));
        events.addAll(StreamParserTest.events(other, raw.bytes(), 1000));
        assertThat(events).last().isEqualTo(stanza);
    }

    @FuzzTest
    void shouldWriteWhatItReads(byte[] input) {
        // given
        StreamEvent event = StreamParser.read(new String(input, StandardCharsets.UTF_8), LIMITS);
        if (event instanceof StreamEvent.Stanza stanza) {
            // when
            String written = XmlOutput.text(stanza.element(), "");
            // then
            assertThat(StreamParser.parse(written)).isEqualTo(stanza.element());
        } else {
            assertThat(event).isInstanceOf(StreamEvent.Violated.class);
        }
    }
}
