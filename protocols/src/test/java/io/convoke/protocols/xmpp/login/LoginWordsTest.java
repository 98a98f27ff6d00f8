package io.convoke.protocols.xmpp.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoginWordsTest {
    private static final byte[] HI = "hi".getBytes(StandardCharsets.UTF_8);

    static List<LoginRequest> requests() {
        return List.of(
                new LoginRequest.Auth("s1", "SCRAM-SHA-256", "192.0.2.7", HI),
                new LoginRequest.Auth("s1", "ANONYMOUS", null, new byte[0]),
                new LoginRequest.Response("s1", HI),
                new LoginRequest.Abort("s1"),
                new LoginRequest.Gone("guest1234567890"),
                new LoginRequest.Gone(null),
                new LoginRequest.Load());
    }

    static List<LoginAnswer> answers() {
        return List.of(
                new LoginAnswer.Challenge("s1", HI),
                new LoginAnswer.Success("s1", "alice", HI),
                new LoginAnswer.Success("s1", "alice", null),
                new LoginAnswer.Failure("s1", "not-authorized", "Name or password is wrong."));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldReadWhatItWrote(LoginRequest request) {
        // when
        LoginRequest read =
                LoginRequest.of(iq(request.type(), request.payload())).orElseThrow();

        // then
        assertThat(read).usingRecursiveComparison().isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldReadWhatItAnswered(LoginAnswer answer) {
        // when
        LoginAnswer read = LoginAnswer.of(iq("result", answer.payload())).orElseThrow();

        // then
        assertThat(read).usingRecursiveComparison().isEqualTo(answer);
    }

    @Test
    void shouldLookAsDocumented() {
        // given
        Element auth = new LoginRequest.Auth("s1", "SCRAM-SHA-256", "192.0.2.7", HI).payload();
        Element failure = new LoginAnswer.Failure("s1", "not-authorized", "No.").payload();

        // then
        assertThat(XmlOutput.text(auth, Namespaces.CLIENT))
                .isEqualTo("<auth xmlns='urn:convoke:login:1' mechanism='SCRAM-SHA-256' session='s1'"
                        + " source='192.0.2.7'>aGk=</auth>");
        assertThat(XmlOutput.text(failure, Namespaces.CLIENT))
                .isEqualTo("<failure xmlns='urn:convoke:login:1' session='s1'><not-authorized/><text>No.</text>"
                        + "</failure>");
    }

    @Test
    void shouldReadALoad() {
        // given
        LoginLoad load = new LoginLoad(1, 20, 300);

        // then
        assertThat(LoginLoad.of(iq("result", load.payload()))).contains(load);
        assertThat(LoginLoad.of(iq("result", load.payload().with("legs", "-1"))))
                .isEmpty();
        assertThat(LoginLoad.of(iq("result", load.payload().with("legs", null))))
                .isEmpty();
    }

    @Test
    void shouldRefuseWhatIsMalformed() {
        // given
        Element auth = new LoginRequest.Auth("s1", "PLAIN", null, HI).payload();

        // then
        assertThat(LoginRequest.of(iq("get", auth))).isEmpty();
        assertThat(LoginRequest.of(iq("set", auth.with("session", null)))).isEmpty();
        assertThat(LoginRequest.of(iq("set", auth.with("session", "x".repeat(129)))))
                .isEmpty();
        assertThat(LoginRequest.of(iq("set", auth.with("mechanism", null)))).isEmpty();
        assertThat(LoginRequest.of(iq("set", auth.withText("*")))).isEmpty();
        assertThat(LoginRequest.of(iq("set", Element.of("auth", Namespaces.CLIENT))))
                .isEmpty();
    }

    @Test
    void shouldKeepWhatTheClientSentOutOfTexts() {
        assertThat(requests().get(0).toString()).doesNotContain("hi").doesNotContain("aGk");
    }

    private static Element iq(String type, Element payload) {
        return Stanzas.iq(type, "1", "localhost", "callbridge.localhost", payload);
    }
}
