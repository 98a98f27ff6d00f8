package io.convoke.protocols.xmpp.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends against each other, and each against a peer that misbehaves. */
class ComponentStreamTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final StreamLimits LIMITS = new StreamLimits(2000, 10, 10, 100);
    private static final String HEADER = "<stream:stream xmlns:stream='http://etherx.jabber.org/streams'"
            + " xmlns='jabber:component:accept' from='cb.example' id='17'>";
    /** Near the wrap-around, where a careless comparison fails. */
    private long now = Long.MAX_VALUE - SECOND;

    private final ComponentInitiator initiator = initiator("s3cret");
    private ComponentAcceptor acceptor = acceptor(false);

    @Test
    void shouldMakeTheLowerCaseDigestOfIdAndSecret() {
        assertThat(Handshake.digest("3BF96D32", "aliens")).isEqualTo("db6ebf468b60debf52f473f36a340d869c1c586b");
    }

    @Test
    void shouldComeUpAndCarryStanzasBothWays() {
        // given
        establish(1);
        Element iq = Stanzas.iq("get", "1", "cb.example", "a@example/x", Element.of("q", "urn:q"));
        Element message = Element.of("message", Namespaces.CLIENT)
                .with("from", "a@example/x")
                .with("to", "cb.example")
                .with(Element.of("body", Namespaces.CLIENT).withText("ü"));
        // when
        initiator.handleSend(now, iq);
        List<ComponentAcceptor.Output> out = toAcceptor(3);
        acceptor.handleSend(now, message);
        List<ComponentInitiator.Output> in = toInitiator(3);
        // then
        assertThat(out).containsExactly(new ComponentAcceptor.Output.Received(iq));
        assertThat(in).containsExactly(new ComponentInitiator.Output.Received(message));
    }

    @Test
    void shouldHandOnTheBytesWhenRouting() {
        // given
        acceptor = acceptor(true);
        establish(100);
        Element iq = Stanzas.iq("get", "1", "x@cb.example", "other.example", Element.of("q", "urn:q"));
        // when
        initiator.handleSend(now, iq);
        List<ComponentAcceptor.Output> out = toAcceptor(5);
        // then
        assertThat(out).singleElement().isInstanceOfSatisfying(ComponentAcceptor.Output.ReceivedRaw.class, raw -> {
            assertThat(raw.head().attribute("to")).isEqualTo("other.example");
            assertThat(raw.head().content()).isEmpty();
            assertThat(new String(raw.bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("<iq type='get' id='1' from='x@cb.example' to='other.example'><q xmlns='urn:q'/></iq>");
        });
    }

    @Test
    void shouldSayWhyTheSecretIsWrong() {
        // given
        toAcceptor(1000);
        acceptor.handleSecret(now, "another");
        toInitiator(1000);
        // when
        List<ComponentAcceptor.Output> refused = toAcceptor(1000);
        List<ComponentInitiator.Output> told = toInitiator(1000);
        // then
        assertThat(refused)
                .last()
                .isEqualTo(
                        new ComponentAcceptor.Output.Ended("not-authorized", "Expected the secret of this component"));
        assertThat(told)
                .last()
                .isEqualTo(new ComponentInitiator.Output.Ended(
                        ComponentInitiator.End.NOT_AUTHORIZED,
                        "not-authorized",
                        "Expected the secret of this component"));
    }

    @Test
    void shouldNotKnowEveryName() {
        // given
        assertThat(toAcceptor(1000)).containsExactly(new ComponentAcceptor.Output.AskSecret("cb.example"));
        // when
        acceptor.handleSecret(now, null);
        // then
        assertThat(toInitiator(1000))
                .last()
                .isInstanceOfSatisfying(
                        ComponentInitiator.Output.Ended.class,
                        ended -> assertThat(ended.end()).isEqualTo(ComponentInitiator.End.HOST_UNKNOWN));
    }

    @Test
    void shouldTellThatTheNameIsTaken() {
        // given
        toAcceptor(1000);
        acceptor.handleSecret(now, "s3cret");
        toInitiator(1000);
        toAcceptor(1000);
        // when
        acceptor.handleConflict(now);
        // then
        assertThat(toInitiator(1000))
                .last()
                .isInstanceOfSatisfying(
                        ComponentInitiator.Output.Ended.class,
                        ended -> assertThat(ended.end()).isEqualTo(ComponentInitiator.End.CONFLICT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <iq type='get' id='1' to='a'/>                        | invalid-from
            <iq type='get' id='1' to='a' from='other.example'/>   | invalid-from
            <iq type='get' id='1' to='a' from='x.cb.example'/>    | invalid-from
            <iq type='get' id='1' to='a' from=''/>                | invalid-from
            <iq type='get' id='1' to='a' from='@'/>               | invalid-from
            <other from='cb.example'/>                            | unsupported-stanza-type
            <iq from='cb.example'><!-- --></iq>                   | restricted-xml
            <iq from='cb.example'></message>                      | not-well-formed
            text                                                  | bad-format
            """)
    void shouldEndAComponentThatMisbehaves(String xml, String condition) {
        for (boolean routing : new boolean[] {true, false}) {
            // given
            acceptor = acceptor(routing);
            ComponentInitiator peer = initiator("s3cret");
            establish(peer, 1000);
            // when
            acceptor.handlePacket(now, xml.getBytes(StandardCharsets.UTF_8), 0, xml.length());
            // then
            assertThat(drain(acceptor))
                    .last()
                    .isInstanceOfSatisfying(
                            ComponentAcceptor.Output.Ended.class,
                            ended -> assertThat(ended.condition()).isEqualTo(condition));
        }
    }

    @Test
    void shouldTakeAnyAddressOfTheComponentsDomain() {
        // given
        establish(1000);
        // when
        String xml = "<iq from='CB.example'/><iq from='a@cb.example'/><iq from='a@cb.example/b'/>";
        acceptor.handlePacket(now, xml.getBytes(StandardCharsets.UTF_8), 0, xml.length());
        // then
        assertThat(drain(acceptor)).hasSize(3).allMatch(ComponentAcceptor.Output.Received.class::isInstance);
    }

    @Test
    void shouldNotWaitForeverForTheHandshake() {
        // given
        toAcceptor(1000);
        // when
        now = acceptor.deadlineNanos();
        acceptor.handleTimeout(now);
        initiator.handleTimeout(now);
        // then
        assertThat(drain(acceptor))
                .last()
                .isInstanceOfSatisfying(
                        ComponentAcceptor.Output.Ended.class,
                        ended -> assertThat(ended.condition()).isEqualTo("connection-timeout"));
        assertThat(drain(initiator))
                .last()
                .isInstanceOfSatisfying(
                        ComponentInitiator.Output.Ended.class,
                        ended -> assertThat(ended.end()).isEqualTo(ComponentInitiator.End.TIMEOUT));
        assertThat(acceptor.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldBoundWhatAStrangerMaySend() {
        // given
        byte[] blanks = " ".repeat(1001).getBytes(StandardCharsets.UTF_8);
        // when
        acceptor.handlePacket(now, blanks, 0, 1000);
        acceptor.handlePacket(now, blanks, 0, 1);
        // then
        assertThat(drain(acceptor))
                .last()
                .isInstanceOfSatisfying(
                        ComponentAcceptor.Output.Ended.class,
                        ended -> assertThat(ended.condition()).isEqualTo("policy-violation"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:client' to='cb.example'>",
                "<stream xmlns='jabber:component:accept' to='cb.example'>"
            })
    void shouldServeComponentsOnly(String header) {
        // when
        acceptor.handlePacket(now, header.getBytes(StandardCharsets.UTF_8), 0, header.length());
        // then
        assertThat(drain(acceptor))
                .last()
                .isInstanceOfSatisfying(
                        ComponentAcceptor.Output.Ended.class,
                        ended -> assertThat(ended.condition()).isEqualTo("invalid-namespace"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 400 Bad Request                   | NOT_XMPP
            <html/>                                    | NOT_XMPP
            HEADER<iq/>                                | NOT_XMPP
            HEADER</stream:stream>                     | CLOSED
            HEADER<handshake></x>                      | VIOLATION
            HEADER<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error> | NOT_AUTHORIZED
            HEADER<stream:error><undefined-condition xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error> | STREAM_ERROR
            HEADER<stream:error/>                      | STREAM_ERROR
            """)
    void shouldNameWhatTheServerDid(String xml, ComponentInitiator.End end) {
        // when
        byte[] bytes = xml.replace("HEADER", HEADER).getBytes(StandardCharsets.UTF_8);
        initiator.handlePacket(now, bytes, 0, bytes.length);
        // then
        assertThat(drain(initiator))
                .last()
                .isInstanceOfSatisfying(
                        ComponentInitiator.Output.Ended.class,
                        ended -> assertThat(ended.end()).isEqualTo(end));
        assertThat(initiator.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldLiveThroughSilenceSoLongAsPingsAreAnswered() {
        // given
        establish(1000);
        for (int minutes = 0; minutes < 100; minutes++) {
            // when
            now = Math.min(initiator.deadlineNanos() - now, acceptor.deadlineNanos() - now) + now;
            initiator.handleTimeout(now);
            acceptor.handleTimeout(now);
            // then
            assertThat(toAcceptor(1000)).noneMatch(ComponentAcceptor.Output.Ended.class::isInstance);
            assertThat(toInitiator(1000)).isEmpty();
            assertThat(toAcceptor(1000)).noneMatch(ComponentAcceptor.Output.Ended.class::isInstance);
        }
    }

    @Test
    void shouldTakeAServerThatAnswersNoPingForLost() {
        // given
        establish(1000);
        // when
        List<ComponentInitiator.Output> outputs = new ArrayList<>();
        for (int turns = 0; turns < 10 && initiator.deadlineNanos() != Long.MAX_VALUE; turns++) {
            now = initiator.deadlineNanos();
            initiator.handleTimeout(now);
            outputs.addAll(drain(initiator));
        }
        // then
        assertThat(outputs)
                .anyMatch(output -> output instanceof ComponentInitiator.Output.Send send
                        && text(send.bytes()).contains("<ping xmlns='urn:xmpp:ping'/>"));
        assertThat(outputs)
                .last()
                .isInstanceOfSatisfying(
                        ComponentInitiator.Output.Ended.class,
                        ended -> assertThat(ended.end()).isEqualTo(ComponentInitiator.End.LOST));
    }

    @Test
    void shouldAnswerThePingOfTheServer() {
        // given
        establish(1000);
        // when
        acceptor.handleSend(now, Stanzas.iq("get", "p1", "example", "cb.example", Element.of("ping", Namespaces.PING)));
        toInitiator(1000);
        // then
        assertThat(toAcceptor(1000))
                .containsExactly(new ComponentAcceptor.Output.Received(Element.of("iq", Namespaces.CLIENT)
                        .with("from", "cb.example")
                        .with("to", "example")
                        .with("id", "p1")
                        .with("type", "result")));
    }

    @Test
    void shouldEndProperly() {
        // given
        establish(1000);
        // when
        acceptor.handleClose(now, StreamCondition.SYSTEM_SHUTDOWN, "The server stops");
        // then
        assertThat(toInitiator(1000))
                .containsExactly(new ComponentInitiator.Output.Ended(
                        ComponentInitiator.End.STREAM_ERROR, "system-shutdown", "The server stops"));
    }

    private void establish(int size) {
        establish(initiator, size);
    }

    private void establish(ComponentInitiator peer, int size) {
        assertThat(carry(peer, size)).containsExactly(new ComponentAcceptor.Output.AskSecret("cb.example"));
        acceptor.handleSecret(now, "s3cret");
        assertThat(answer(peer, size)).isEmpty();
        assertThat(carry(peer, size)).containsExactly(new ComponentAcceptor.Output.Authenticated("cb.example"));
        acceptor.handleAccepted(now);
        assertThat(answer(peer, size)).containsExactly(new ComponentInitiator.Output.Established("cb.example"));
    }

    private ComponentInitiator initiator(String secret) {
        return new ComponentInitiator(
                new ComponentInitiator.Settings(
                        "cb.example", secret, "example", LIMITS, 9 * SECOND, 30 * SECOND, 5 * SECOND),
                now);
    }

    private ComponentAcceptor acceptor(boolean routing) {
        return new ComponentAcceptor(
                new ComponentAcceptor.Settings("example", LIMITS, routing, 9 * SECOND, 1000, 45 * SECOND, 5 * SECOND),
                "17",
                now);
    }

    private List<ComponentAcceptor.Output> toAcceptor(int size) {
        return carry(initiator, size);
    }

    private List<ComponentInitiator.Output> toInitiator(int size) {
        return answer(initiator, size);
    }

    private final List<ComponentAcceptor.Output> other = new ArrayList<>();

    private List<ComponentAcceptor.Output> carry(ComponentInitiator from, int size) {
        List<ComponentAcceptor.Output> outputs = new ArrayList<>();
        for (ComponentInitiator.Output output : drain(from)) {
            if (output instanceof ComponentInitiator.Output.Send send) {
                for (int at = 0; at < send.bytes().length; at += size) {
                    acceptor.handlePacket(now, send.bytes(), at, Math.min(size, send.bytes().length - at));
                    outputs.addAll(drain(acceptor));
                }
            }
        }
        other.addAll(outputs.stream()
                .filter(ComponentAcceptor.Output.Send.class::isInstance)
                .toList());
        return outputs.stream()
                .filter(output -> !(output instanceof ComponentAcceptor.Output.Send))
                .toList();
    }

    private List<ComponentInitiator.Output> answer(ComponentInitiator to, int size) {
        other.addAll(drain(acceptor));
        List<ComponentInitiator.Output> outputs = new ArrayList<>();
        List<ComponentInitiator.Output> sends = new ArrayList<>();
        for (ComponentAcceptor.Output output : other) {
            if (output instanceof ComponentAcceptor.Output.Send send) {
                for (int at = 0; at < send.bytes().length; at += size) {
                    to.handlePacket(now, send.bytes(), at, Math.min(size, send.bytes().length - at));
                    for (ComponentInitiator.Output out : drain(to)) {
                        (out instanceof ComponentInitiator.Output.Send ? sends : outputs).add(out);
                    }
                }
            }
        }
        other.clear();
        pending.addAll(sends);
        return outputs;
    }

    private final List<ComponentInitiator.Output> pending = new ArrayList<>();

    private List<ComponentInitiator.Output> drain(ComponentInitiator machine) {
        List<ComponentInitiator.Output> outputs = new ArrayList<>(pending);
        pending.clear();
        for (ComponentInitiator.Output output = machine.poll(); output != null; output = machine.poll()) {
            outputs.add(output);
        }
        return outputs;
    }

    private static List<ComponentAcceptor.Output> drain(ComponentAcceptor machine) {
        List<ComponentAcceptor.Output> outputs = new ArrayList<>();
        for (ComponentAcceptor.Output output = machine.poll(); output != null; output = machine.poll()) {
            outputs.add(output);
        }
        return outputs;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
