package io.convoke.protocols.xmpp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.client.ClientSettings.Tls;
import io.convoke.protocols.xmpp.client.ClientSettings.Transport;
import io.convoke.protocols.xmpp.client.ClientStream.Output;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientStreamTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String HEADER = "<?xml version='1.0'?><stream:stream to='example.org' version='1.0'"
            + " xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
    private static final String OPENED = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' from='example.org' id='token%d' version='1.0' xml:lang='en'>";
    private static final String AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='%s'>%s</auth>";
    private static final String BIND =
            "<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>desk</resource></bind></iq>";
    private static final Jid ANNA = Jid.parse("anna@example.org/desk").orElseThrow();

    /** Near the wrap-around, where a careless comparison fails. */
    private long now = Long.MAX_VALUE - SECOND;

    private int tokens;
    private boolean webSocket;
    private ClientStream stream = stream(Transport.TCP, Tls.ENCRYPTED);

    @Test
    void shouldGoAllTheWayFromStartTlsToStanzas() {
        // given
        stream = stream(Transport.TCP, Tls.REQUIRED);
        // when then
        assertThat(take(HEADER))
                .containsExactly(
                        new Output.Send(OPENED.formatted(1)),
                        new Output.Send("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/>"
                                + "</starttls></stream:features>"));
        assertThat(take("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + AUTH.formatted("PLAIN", "AGEAYg==")))
                .containsExactly(
                        new Output.Send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"), new Output.StartTls());
        stream.handleSecured(now);
        assertThat(take(HEADER))
                .containsExactly(
                        new Output.Send(OPENED.formatted(2)),
                        new Output.Send("<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                                + "<mechanism>SCRAM-SHA-256</mechanism><mechanism>PLAIN</mechanism>"
                                + "<mechanism>ANONYMOUS</mechanism></mechanisms></stream:features>"));
        assertThat(take(AUTH.formatted("SCRAM-SHA-256", "YWJj")))
                .singleElement()
                .isInstanceOfSatisfying(Output.Authenticate.class, asked -> {
                    assertThat(asked.mechanism()).isEqualTo("SCRAM-SHA-256");
                    assertThat(asked.data()).asString(StandardCharsets.UTF_8).isEqualTo("abc");
                    assertThat(asked.first()).isTrue();
                });
        stream.handleChallenge(now, "def".getBytes(StandardCharsets.UTF_8));
        assertThat(drain())
                .containsExactly(
                        new Output.Send("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>ZGVm</challenge>"));
        assertThat(take("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>Z2hp</response>"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Output.Authenticate.class,
                        asked -> assertThat(asked.first()).isFalse());
        stream.handleSuccess(now, "anna", "jkl".getBytes(StandardCharsets.UTF_8));
        assertThat(drain())
                .containsExactly(new Output.Send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>amts</success>"));
        assertThat(take(HEADER))
                .containsExactly(
                        new Output.Send(OPENED.formatted(3)),
                        new Output.Send("<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
                                + "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session>"
                                + "<sm xmlns='urn:xmpp:sm:3'/></stream:features>"));
        assertThat(take(BIND)).containsExactly(new Output.Bind("desk"));
        stream.handleBound(now, ANNA);
        assertThat(drain())
                .containsExactly(
                        new Output.Send("<iq type='result' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                                + "<jid>anna@example.org/desk</jid></bind></iq>"));
        assertThat(take("<iq type='set' id='s1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>"
                        + "<message from='eve@example.org' to='bob@example.org'><body>x</body></message>"))
                .containsExactly(
                        new Output.Send("<iq id='s1' type='result'/>"),
                        new Output.Received(Element.of("message", Namespaces.CLIENT)
                                .with("from", "anna@example.org/desk")
                                .with("to", "bob@example.org")
                                .with(Element.of("body", Namespaces.CLIENT).withText("x"))));
        stream.handleSend(now, Element.of("presence", Namespaces.CLIENT).with("to", "anna@example.org/desk"));
        assertThat(drain()).containsExactly(new Output.Send("<presence to='anna@example.org/desk'/>"));
        assertThat(take("</stream:stream>"))
                .containsExactly(
                        new Output.Send("</stream:stream>"),
                        new Output.Ended("", "The client closed the stream", false));
    }

    @Test
    void shouldSpeakRfc7395OnAWebSocket() {
        // given
        stream = stream(Transport.WEB_SOCKET, Tls.ENCRYPTED);
        String open = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='example.org' version='1.0'/>";
        // when then
        assertThat(take(open))
                .containsExactly(
                        new Output.Send(
                                "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' from='example.org' id='token1'"
                                        + " version='1.0' xml:lang='en'/>"),
                        new Output.Send(
                                "<stream:features xmlns:stream='http://etherx.jabber.org/streams'>"
                                        + "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>SCRAM-SHA-256</mechanism>"
                                        + "<mechanism>PLAIN</mechanism><mechanism>ANONYMOUS</mechanism></mechanisms></stream:features>"));
        assertThat(take(AUTH.formatted("ANONYMOUS", ""))).singleElement().isInstanceOf(Output.Authenticate.class);
        stream.handleSuccess(now, "guest1", null);
        drain();
        assertThat(take(open)).hasSize(2);
        assertThat(
                        take(
                                "<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"))
                .containsExactly(new Output.Bind(""));
        stream.handleBound(now, ANNA);
        drain();
        stream.handleSend(now, Element.of("presence", Namespaces.CLIENT));
        assertThat(drain()).containsExactly(new Output.Send("<presence xmlns='jabber:client'/>"));
        assertThat(take("<presence xmlns='jabber:client'/>"))
                .containsExactly(new Output.Received(
                        Element.of("presence", Namespaces.CLIENT).with("from", "anna@example.org/desk")));
        stream.handleClose(now, StreamCondition.SYSTEM_SHUTDOWN, "");
        assertThat(drain())
                .containsExactly(
                        new Output.Send("<stream:error xmlns:stream='http://etherx.jabber.org/streams'>"
                                + "<system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"),
                        new Output.Send("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"),
                        new Output.Ended("system-shutdown", "", false));
    }

    @ParameterizedTest
    @CsvSource({
        "REQUIRED, <required/>, SCRAM, false",
        "OPTIONAL, <starttls, PLAIN, false",
        "OPTIONAL, SCRAM-SHA-256, PLAIN, false",
        "NONE, SCRAM-SHA-256, starttls, false",
        "NONE, ANONYMOUS, PLAIN, false",
        "ENCRYPTED, PLAIN, starttls, true"
    })
    void shouldOfferWhatTheConnectionIsGoodFor(Tls tls, String with, String without, boolean encrypted) {
        // given
        stream = stream(Transport.TCP, tls);
        // when
        Output features = take(HEADER).get(1);
        // then
        assertThat(((Output.Send) features).xml()).contains(with).doesNotContain(without);
        assertThat(stream.isEncrypted()).isEqualTo(encrypted);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, PLAIN, AGEAYg==, invalid-mechanism",
        "REQUIRED, SCRAM-SHA-256, YWJj, encryption-required",
        "ENCRYPTED, DIGEST-MD5, '', invalid-mechanism",
        "ENCRYPTED, PLAIN, a b, incorrect-encoding"
    })
    void shouldRefuseAnAttempt(Tls tls, String mechanism, String data, String condition) {
        // given
        stream = stream(Transport.TCP, tls);
        take(HEADER);
        // when
        List<Output> outputs = take(AUTH.formatted(mechanism, data));
        // then
        assertThat(((Output.Send) outputs.get(0)).xml())
                .startsWith("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + condition + "/>");
    }

    @Test
    void shouldAskForTheFirstWordWhereTheClientSaidNone() {
        // given
        take(HEADER);
        // when then
        assertThat(take(AUTH.formatted("PLAIN", "")))
                .containsExactly(new Output.Send("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"));
        assertThat(take("<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>AGEAYg==</response>"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Output.Authenticate.class,
                        asked -> assertThat(asked.first()).isTrue());
    }

    @Test
    void shouldLetTheClientGiveUpAndTryAgain() {
        // given
        take(HEADER);
        take(AUTH.formatted("SCRAM-SHA-256", "YWJj"));
        stream.handleChallenge(now, new byte[] {1});
        drain();
        // when then
        assertThat(take("<abort xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"))
                .containsExactly(
                        new Output.AuthenticationAbandoned(),
                        new Output.Send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><aborted/></failure>"));
        assertThat(take(AUTH.formatted("SCRAM-SHA-256", "YWJj"))).hasSize(1);
        stream.handleEnd();
        assertThat(drain())
                .containsExactly(
                        new Output.AuthenticationAbandoned(),
                        new Output.Ended("", "The client's connection is gone", false));
    }

    @Test
    void shouldEndAfterTooManyAttempts() {
        // given
        take(HEADER);
        List<Output> outputs = List.of();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(outputs).noneMatch(Output.Ended.class::isInstance);
            take(AUTH.formatted("PLAIN", "AGEAYg=="));
            // when
            stream.handleFailure(now, "not-authorized", "Expected another user name or password");
            outputs = drain();
        }
        // then
        assertThat(outputs)
                .last()
                .isEqualTo(new Output.Ended("policy-violation", "Expected fewer attempts to log in", false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <stream:stream to='other.org' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'> | host-unknown
            <stream:stream version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'> | host-unknown
            <stream:stream to='example.org' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'> | unsupported-version
            <stream:stream to='example.org' version='1.0' xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'> | invalid-namespace
            <stream:stream to='example.org' version='1.0' xmlns='jabber:client' xmlns:stream='urn:x'> | invalid-namespace
            GET / HTTP/1.1 | not-well-formed
            HEADER<message/> | not-authorized
            HEADER<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq> | not-authorized
            HEADER<auth mechanism='PLAIN'/> | not-authorized
            HEADER<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/> | not-authorized
            HEADER<enable xmlns='urn:xmpp:sm:3'/> | not-authorized
            """)
    void shouldEndAStrangerThatMisbehaves(String xml, String condition) {
        // when
        List<Output> outputs = take(xml.replace("HEADER", HEADER));
        // then
        assertThat(outputs.get(0)).isEqualTo(new Output.Send(OPENED.formatted(1)));
        assertThat(outputs)
                .last()
                .isInstanceOfSatisfying(
                        Output.Ended.class,
                        ended -> assertThat(ended.condition()).isEqualTo(condition));
        assertThat(stream.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldBoundAStrangersBytesAndTime() {
        // when then
        assertThat(take(" ".repeat(3001)))
                .last()
                .isInstanceOfSatisfying(
                        Output.Ended.class,
                        ended -> assertThat(ended.condition()).isEqualTo("policy-violation"));
        stream = stream(Transport.TCP, Tls.ENCRYPTED);
        take(HEADER);
        now = stream.deadlineNanos();
        stream.handleTimeout(now);
        assertThat(drain())
                .last()
                .isInstanceOfSatisfying(
                        Output.Ended.class,
                        ended -> assertThat(ended.condition()).isEqualTo("connection-timeout"));
    }

    @Test
    void shouldBoundWhatWaitsForAnAnswer() {
        // given
        logIn(false);
        stream = stream(Transport.TCP, Tls.ENCRYPTED);
        take(HEADER);
        take(AUTH.formatted("PLAIN", "AGEAYg=="));
        stream.handleSuccess(now, "anna", null);
        take(HEADER);
        take(BIND);
        // when
        List<Output> outputs = take("<presence/>".repeat(1000));
        // then
        assertThat(outputs).last().isInstanceOf(Output.Ended.class);
    }

    @Test
    void shouldTakeUpWhatCameWhileItAsked() {
        // given
        take(HEADER);
        take(AUTH.formatted("PLAIN", "AGEAYg=="));
        assertThat(take(HEADER + BIND)).isEmpty();
        // when
        stream.handleSuccess(now, "anna", null);
        // then
        assertThat(drain()).last().isEqualTo(new Output.Bind("desk"));
        assertThat(take("<presence/>")).isEmpty();
        stream.handleBound(now, ANNA);
        assertThat(drain()).last().isInstanceOf(Output.Received.class);
    }

    @Test
    void shouldTellWhyABindingIsRefused() {
        // given
        take(HEADER);
        take(AUTH.formatted("PLAIN", "AGEAYg=="));
        stream.handleSuccess(now, "anna", null);
        take(HEADER + BIND);
        // when
        stream.handleBindRefused(now, StanzaCondition.RESOURCE_CONSTRAINT, "Expected fewer sessions");
        // then
        assertThat(drain())
                .singleElement()
                .isInstanceOfSatisfying(
                        Output.Send.class,
                        send -> assertThat(send.xml())
                                .startsWith("<iq id='b1' type='error'>")
                                .contains("<resource-constraint"));
        assertThat(take(BIND)).containsExactly(new Output.Bind("desk"));
    }

    @Test
    void shouldPingASilentClientAndLeaveItWhenItDoesNotAnswer() {
        // given
        logIn(false);
        List<Output> outputs = new ArrayList<>();
        // when
        for (int turns = 0; turns < 10 && stream.deadlineNanos() != Long.MAX_VALUE; turns++) {
            now = stream.deadlineNanos();
            stream.handleTimeout(now);
            outputs.addAll(drain());
        }
        // then
        assertThat(outputs)
                .contains(
                        new Output.Send(
                                "<iq type='get' id='keepalive-1' from='example.org' to='anna@example.org/desk'><ping xmlns='urn:xmpp:ping'/></iq>"));
        assertThat(outputs).last().isEqualTo(new Output.Ended("connection-timeout", "Expected a sign of life", false));
    }

    @Test
    void shouldNotHandOutTheAnswerToAPing() {
        // given
        logIn(false);
        now = stream.deadlineNanos();
        stream.handleTimeout(now);
        drain();
        // when then
        assertThat(take("<iq type='result' id='keepalive-1' to='example.org'/>"))
                .isEmpty();
        assertThat(stream.deadlineNanos() - now).isEqualTo(30 * SECOND);
    }

    @Test
    void shouldResumeALostStream() {
        // given
        logIn(true);
        StreamManagement management = stream.management();
        management.startAt(0xFFFFFFFEL, 0xFFFFFFFFL);
        take("<presence/><presence/><presence/>");
        for (int index = 0; index < 3; index++) {
            stream.handleSend(now, message(index));
        }
        assertThat(drain()).hasSize(4).contains(new Output.Send("<r xmlns='urn:xmpp:sm:3'/>"));
        assertThat(take("<a xmlns='urn:xmpp:sm:3' h='0'/><r xmlns='urn:xmpp:sm:3'/>"))
                .containsExactly(
                        new Output.Send("<r xmlns='urn:xmpp:sm:3'/>"),
                        new Output.Send("<a xmlns='urn:xmpp:sm:3' h='1'/>"));
        stream.handleEnd();
        assertThat(drain()).containsExactly(new Output.Ended("", "The client's connection is gone", true));
        assertThat(management.queue(message(3))).isTrue();
        assertThat(management.unacknowledged()).containsExactly(message(1), message(2), message(3));
        // when
        stream = stream(Transport.TCP, Tls.ENCRYPTED);
        authenticate();
        assertThat(take("<resume xmlns='urn:xmpp:sm:3' previd='" + management.id() + "' h='1'/>"))
                .containsExactly(new Output.Resume(management.id(), 1));
        stream.handleResumed(now, management, ANNA);
        // then
        assertThat(drain())
                .containsExactly(
                        new Output.Send("<resumed xmlns='urn:xmpp:sm:3' previd='" + management.id() + "' h='1'/>"),
                        new Output.Send("<message id='2'/>"),
                        new Output.Send("<message id='3'/>"),
                        new Output.Send("<r xmlns='urn:xmpp:sm:3'/>"));
        assertThat(take("<presence/>")).singleElement().isInstanceOf(Output.Received.class);
        assertThat(management.handled()).isEqualTo(2);
    }

    @Test
    void shouldBindWhereNothingIsLeftToResume() {
        // given
        authenticate();
        take("<resume xmlns='urn:xmpp:sm:3' previd='gone' h='7'/>");
        // when
        stream.handleResumeRefused(now, OptionalLong.of(4));
        // then
        assertThat(drain())
                .containsExactly(new Output.Send("<failed xmlns='urn:xmpp:sm:3' h='4'>"
                        + "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>"));
        assertThat(take(BIND)).containsExactly(new Output.Bind("desk"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4294967295", "4294967296", "-1", "x", ""})
    void shouldEndAClientThatAcknowledgesWhatItNeverGot(String h) {
        // given
        logIn(true);
        // when
        List<Output> outputs = take("<a xmlns='urn:xmpp:sm:3' h='" + h + "'/>");
        // then
        assertThat(outputs).last().isInstanceOfSatisfying(Output.Ended.class, ended -> {
            assertThat(ended.condition()).isIn("undefined-condition", "policy-violation");
            assertThat(ended.resumable()).isFalse();
        });
    }

    @Test
    void shouldGiveUpAClientThatAcknowledgesNothing() {
        // given
        logIn(true);
        // when
        for (int index = 0; index < 11; index++) {
            stream.handleSend(now, message(index));
        }
        // then
        assertThat(drain())
                .last()
                .isInstanceOfSatisfying(
                        Output.Ended.class,
                        ended -> assertThat(ended.condition()).isEqualTo("resource-constraint"));
        assertThat(stream.management().unacknowledged()).hasSize(10);
    }

    @Test
    void shouldRefuseStreamManagementOutOfOrder() {
        // given
        authenticate();
        String refused =
                "<failed xmlns='urn:xmpp:sm:3'><unexpected-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>";
        // when then
        assertThat(take("<enable xmlns='urn:xmpp:sm:3'/>")).containsExactly(new Output.Send(refused));
        take(BIND);
        stream.handleBound(now, ANNA);
        drain();
        assertThat(take("<r xmlns='urn:xmpp:sm:3'/>")).containsExactly(new Output.Send(refused));
        assertThat(take("<enable xmlns='urn:xmpp:sm:3'/>"))
                .first()
                .isEqualTo(new Output.Send("<enabled xmlns='urn:xmpp:sm:3'/>"));
        assertThat(take("<enable xmlns='urn:xmpp:sm:3'/>")).containsExactly(new Output.Send(refused));
        stream.handleEnd();
        assertThat(drain()).last().isEqualTo(new Output.Ended("", "The client's connection is gone", false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <other/>                      | unsupported-stanza-type
            <message xmlns='jabber:server'/> | unsupported-stanza-type
            <message><!-- --></message>   | restricted-xml
            <message></iq>                | not-well-formed
            <stream:error><reset xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error> | reset
            """)
    void shouldEndAClientThatMisbehaves(String xml, String condition) {
        // given
        logIn(true);
        // when then
        assertThat(take(xml)).last().isInstanceOfSatisfying(Output.Ended.class, ended -> {
            assertThat(ended.condition()).isEqualTo(condition);
            assertThat(ended.resumable()).isFalse();
        });
    }

    private void authenticate() {
        take(HEADER);
        take(AUTH.formatted("PLAIN", "AGEAYg=="));
        stream.handleSuccess(now, "anna", null);
        take(HEADER);
    }

    private void logIn(boolean resumable) {
        authenticate();
        take(BIND);
        stream.handleBound(now, ANNA);
        drain();
        if (resumable) {
            assertThat(take("<enable xmlns='urn:xmpp:sm:3' resume='true'/>"))
                    .hasSize(2)
                    .last()
                    .isInstanceOf(Output.Enabled.class);
        }
    }

    private ClientStream stream(Transport transport, Tls tls) {
        webSocket = transport == Transport.WEB_SOCKET;
        return new ClientStream(
                new ClientSettings(
                        "example.org",
                        transport,
                        tls,
                        List.of("SCRAM-SHA-256", "PLAIN", "ANONYMOUS"),
                        new ClientSettings.Bounds(
                                new StreamLimits(2000, 10, 10, 100),
                                9 * SECOND,
                                3000,
                                3,
                                30 * SECOND,
                                5 * SECOND,
                                10,
                                1000),
                        60),
                () -> "token" + ++tokens,
                now);
    }

    private static Element message(int id) {
        return Element.of("message", Namespaces.CLIENT).with("id", Integer.toString(id));
    }

    private List<Output> take(String text) {
        if (webSocket) {
            stream.handleMessage(now, text);
            return drain();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Output> outputs = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 50) {
            stream.handlePacket(now, bytes, at, Math.min(50, bytes.length - at));
            outputs.addAll(drain());
        }
        return outputs;
    }

    private List<Output> drain() {
        List<Output> outputs = new ArrayList<>();
        for (Output output = stream.poll(); output != null; output = stream.poll()) {
            outputs.add(output);
        }
        return outputs;
    }
}
