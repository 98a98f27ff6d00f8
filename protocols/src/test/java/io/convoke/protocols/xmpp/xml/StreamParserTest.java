package io.convoke.protocols.xmpp.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.xmpp.Namespaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamParserTest {
    private static final StreamLimits LIMITS = new StreamLimits(1000, 4, 5, 6);
    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' to='example.org' version='1.0'>";

    @Test
    void shouldReadAStreamByteByByte() {
        // given
        String stream = HEADER
                + " <message to='a@b' xml:lang='de'><body>Grüße &amp; 😀 <![CDATA[<x>]]]></body><x xmlns='urn:x'/></message>\n"
                + "<iq type='get' id='1'/></stream:stream>";
        // when
        List<StreamEvent> events = events(new StreamParser(LIMITS), stream, 1);
        // then
        assertThat(events).hasSize(4);
        StreamEvent.Opened opened = (StreamEvent.Opened) events.get(0);
        assertThat(opened.contentNamespace()).isEqualTo(Namespaces.CLIENT);
        assertThat(opened.header().is("stream", Namespaces.STREAMS)).isTrue();
        assertThat(opened.header().attributes()).isEqualTo(Map.of("to", "example.org", "version", "1.0"));
        Element message = ((StreamEvent.Stanza) events.get(1)).element();
        assertThat(message)
                .isEqualTo(Element.of("message", Namespaces.CLIENT)
                        .with("to", "a@b")
                        .with("xml:lang", "de")
                        .with(Element.of("body", Namespaces.CLIENT).withText("Grüße & 😀 <x>]"))
                        .with(Element.of("x", "urn:x")));
        assertThat(events.get(3)).isEqualTo(new StreamEvent.Closed());
    }

    @Test
    void shouldGiveTheSameEventsHoweverTheBytesAreCut() {
        // given
        String stream = HEADER
                + "<message a=\"1&#x20AC;'\"><body>ü€😀&lt;]]&gt;\r\n</body></message>\r\n \t<presence/><iq><a/></b></iq>";
        List<StreamEvent> whole = events(new StreamParser(LIMITS), stream, 100_000);
        assertThat(whole).hasSize(4);
        for (int size = 1; size < stream.length(); size++) {
            // when then
            assertThat(events(new StreamParser(LIMITS), stream, size)).isEqualTo(whole);
        }
    }

    @Test
    void shouldBringElementsOfTheComponentsNamespaceAsClients() {
        // given
        String stream =
                "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:component:accept'>"
                        + "<message><body>x</body><f xmlns='urn:f'><message xmlns='jabber:server'/></f></message>";
        // when
        List<StreamEvent> events = events(new StreamParser(LIMITS), stream, 7);
        // then
        assertThat(((StreamEvent.Stanza) events.get(1)).element())
                .isEqualTo(Element.of("message", Namespaces.CLIENT)
                        .with(Element.of("body", Namespaces.CLIENT).withText("x"))
                        .with(Element.of("f", "urn:f").with(Element.of("message", "jabber:server"))));
    }

    @Test
    void shouldResolvePrefixes() {
        // when
        Element element = StreamParser.parse("<a:b xmlns:a='urn:a' xmlns:c='urn:c' c:d='1' e='2'><c:f/><g/></a:b>");
        // then
        assertThat(element)
                .isEqualTo(Element.of("b", "urn:a")
                        .with("{urn:c}d", "1")
                        .with("e", "2")
                        .with(Element.of("f", "urn:c"))
                        .with(Element.of("g", "")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <a><!-- x --></a>          | restricted-xml
            <a><?x y?></a>             | restricted-xml
            <?x y?>                    | restricted-xml
            <!DOCTYPE a>               | restricted-xml
            <a>&nbsp;</a>              | restricted-xml
            <a b='&x;'/>               | restricted-xml
            <a>&entity;</a>            | restricted-xml
            <a>& b</a>                 | not-well-formed
            <a>&#0;</a>                | not-well-formed
            <a>&#xFFFF;</a>            | not-well-formed
            <a>&#xD800;</a>            | not-well-formed
            <a>&#;</a>                 | not-well-formed
            <a></b>                    | not-well-formed
            <a b='1' b='2'/>           | not-well-formed
            <a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/> | not-well-formed
            <a xmlns='u' xmlns='v'/>   | not-well-formed
            <a b=1/>                   | not-well-formed
            <a b/>                     | not-well-formed
            <a b='<'/>                 | not-well-formed
            <x:a/>                     | not-well-formed
            <a x:b=''/>                | not-well-formed
            <a:b:c/>                   | not-well-formed
            <a xmlns:xml='urn:x'/>     | not-well-formed
            <a xmlns:xmlns='urn:x'/>   | not-well-formed
            <a xmlns:b=''/>            | not-well-formed
            <a>]]></a>                 | not-well-formed
            <a>\u0001</a>              | not-well-formed
            <a>\uFFFF</a>              | not-well-formed
            <1/>                       | not-well-formed
            < a/>                      | not-well-formed
            <a / >                     | not-well-formed
            <a></a b>                  | not-well-formed
            <![CDATA[x]]>              | bad-format
            text                       | bad-format
            <a><a><a><a><a/></a></a></a></a> | policy-violation
            <a><b/><b/><b/><b/><b/><b/><b/></a> | policy-violation
            <a a='' b='' c='' d='' xmlns:e='u' f=''/> | policy-violation
            """)
    void shouldRefuse(String xml, String condition) {
        // given
        StreamParser parser = new StreamParser(LIMITS);
        StreamParser routing = StreamParser.routing(LIMITS);
        // when
        List<StreamEvent> events = events(parser, HEADER + xml.translateEscapes(), 100);
        List<StreamEvent> routed = events(routing, HEADER + xml.translateEscapes(), 3);
        // then
        assertThat(events).hasSize(2);
        assertThat(((StreamEvent.Violated) events.get(1)).condition()).isEqualTo(condition);
        assertThat(routed).isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <?xml version="1.0" encoding="ISO-8859-1"?> | unsupported-encoding
            <?xml version="1.1"?>                       | not-well-formed
            <?xml version="1.0" x="y"?>                 | not-well-formed
            <?php x?>                                   | restricted-xml
            <?xml-stylesheet x?>                        | restricted-xml
            <!DOCTYPE a [<!ENTITY b "c">]>              | restricted-xml
            GET / HTTP/1.1                              | not-well-formed
            <?xml version='1.0'?><?xml version='1.0'?>  | restricted-xml
            </stream:stream>                            | not-well-formed
            """)
    void shouldRefuseAtTheStart(String xml, String condition) {
        assertThat(events(new StreamParser(LIMITS), xml, 2))
                .singleElement()
                .isInstanceOfSatisfying(
                        StreamEvent.Violated.class,
                        violated -> assertThat(violated.condition()).isEqualTo(condition));
    }

    @ParameterizedTest
    @CsvSource({"C0AF", "EDA080", "F4908080", "FF", "80", "C3", "E282", "EFBFBF", "F5808080", "E08080"})
    void shouldRefuseWhatIsNoUtf8(String hex) {
        // given
        byte[] start = (HEADER + "<a>").getBytes(StandardCharsets.UTF_8);
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        StreamParser parser = new StreamParser(LIMITS);
        // when
        events(parser, start, 1000);
        events(parser, bad, 1);
        List<StreamEvent> events = events(parser, "</a>".getBytes(StandardCharsets.UTF_8), 1000);
        // then
        assertThat(events).singleElement().isInstanceOf(StreamEvent.Violated.class);
    }

    @Test
    void shouldRefuseAnOverLongStanzaBeforeItHasAll() {
        // given
        StreamParser parser = new StreamParser(LIMITS);
        events(parser, HEADER, 100);
        // when
        List<StreamEvent> fits = events(parser, "<a>" + "x".repeat(993) + "</a>", 100);
        List<StreamEvent> tooLong = events(parser, "<a>" + "x".repeat(997), 1000);
        // then
        assertThat(fits).singleElement().isInstanceOf(StreamEvent.Stanza.class);
        assertThat(tooLong)
                .singleElement()
                .isInstanceOfSatisfying(
                        StreamEvent.Violated.class,
                        violated -> assertThat(violated.condition()).isEqualTo("policy-violation"));
    }

    @Test
    void shouldSayNothingMoreAfterTheEnd() {
        // given
        StreamParser parser = new StreamParser(LIMITS);
        // when
        List<StreamEvent> events = events(parser, HEADER + "</stream:stream><a/>", 3);
        // then
        assertThat(events).hasSize(2);
        assertThat(events(parser, "<b/>", 3)).isEmpty();
    }

    @Test
    void shouldRouteTheBytesAsTheyCame() {
        // given
        String header =
                "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns:h='urn:h' xmlns='jabber:component:accept'>";
        String iq =
                "<iq  to=\"b.example\"\tfrom='a.example' type='get' id='x'><q xmlns='urn:q' xml:lang='en'><a:b xmlns:a='urn:a' a:c='&#65;'/>ü</q></iq >";
        for (int size = 1; size < 400; size += 3) {
            // when
            List<StreamEvent> events = events(
                    StreamParser.routing(LIMITS),
                    header + " " + iq + iq + "<iq><h:q/></iq><iq h:x='1'/><stream:error/><iq xmlns='jabber:client'/>"
                            + iq,
                    size);
            // then
            assertThat(events).hasSize(8);
            for (int index : new int[] {1, 2, 7}) {
                StreamEvent.RawStanza raw = (StreamEvent.RawStanza) events.get(index);
                assertThat(new String(raw.bytes(), StandardCharsets.UTF_8)).isEqualTo(iq);
                assertThat(raw.head())
                        .isEqualTo(Element.of("iq", Namespaces.CLIENT)
                                .with("to", "b.example")
                                .with("from", "a.example")
                                .with("type", "get")
                                .with("id", "x"));
            }
            assertThat(events.subList(3, 7)).allMatch(StreamEvent.Stanza.class::isInstance);
            assertThat(((StreamEvent.Stanza) events.get(3)).element())
                    .isEqualTo(Element.of("iq", Namespaces.CLIENT).with(Element.of("q", "urn:h")));
        }
    }

    @Test
    void shouldStayRightWhenItsTablesAreRenewed() {
        // given
        StreamParser parser = new StreamParser(LIMITS);
        events(parser, HEADER, 100);
        for (int index = 0; index < 3 * TreeReader.NAMES_PER_PARSER; index++) {
            // when
            List<StreamEvent> events = events(
                    parser, "<iq a" + index + "='1'><stream:b" + index + " xmlns:p" + index + "='u'/></iq>", 1000);
            // then
            assertThat(((StreamEvent.Stanza) events.get(0)).element())
                    .isEqualTo(Element.of("iq", Namespaces.CLIENT)
                            .with("a" + index, "1")
                            .with(Element.of("b" + index, Namespaces.STREAMS)));
        }
    }

    @Test
    void shouldParseOneElementOnly() {
        assertThat(StreamParser.parse(" <a/>\n").is("a", "")).isTrue();
        for (String bad :
                List.of("", " ", "<a>", "<a/><b/>", "<a/>x", "<a/><", "x<a/>", "<?xml version='1.0'?><a/>", "</a>")) {
            assertThatThrownBy(() -> StreamParser.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    static List<StreamEvent> events(StreamParser parser, String text, int size) {
        return events(parser, text.getBytes(StandardCharsets.UTF_8), size);
    }

    static List<StreamEvent> events(StreamParser parser, byte[] bytes, int size) {
        List<StreamEvent> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size) {
            parser.feed(bytes, from, Math.min(size, bytes.length - from));
            for (StreamEvent event = parser.poll(); event != null; event = parser.poll()) {
                events.add(event);
            }
        }
        return events;
    }
}
