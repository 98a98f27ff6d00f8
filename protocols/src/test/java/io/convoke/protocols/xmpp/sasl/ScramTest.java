package io.convoke.protocols.xmpp.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.sasl.ScramServer.Step;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {
    private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SCRAM_SHA_1   | fyko+d2lbbFgONRv9qkxdawL | 3rfcNHYJY1ZVvWVs7j             | QSXCR+Q6sek8bf92         | v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=                 | rmF9pqV8S7suAoZWja4dJRkFsKQ=
            SCRAM_SHA_256 | rOprNGfwEbeRWgbNEkqO     | %hvYDpWUa2RaTCAfuxFIlj)hNlF$k0 | W22ZaJ0SNY7soEsUEjb6gQ== | dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ= | 6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=
            """)
    void shouldSpeakAsInTheExamplesOfRfc5802AndRfc7677(
            ScramMechanism mechanism,
            String clientNonce,
            String serverNonce,
            String salt,
            String proof,
            String signature) {
        // given
        ScramClient client = new ScramClient(mechanism, "user", "pencil", clientNonce);
        ScramServer server = new ScramServer(mechanism, serverNonce);
        // when
        Step ask = server.handleFirst(client.first());
        Step challenge = server.handleKeys(
                ScramKeys.derive(mechanism, "pencil", Base64.getDecoder().decode(salt), 4096));
        byte[] last = client.handleChallenge(((Step.Challenge) challenge).data());
        Step success = server.handleFinal(last);
        // then
        assertThat(client.first()).asString(StandardCharsets.UTF_8).isEqualTo("n,,n=user,r=" + clientNonce);
        assertThat(ask).isEqualTo(new Step.AskKeys("user", ""));
        assertThat(((Step.Challenge) challenge).data())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("r=" + clientNonce + serverNonce + ",s=" + salt + ",i=4096");
        assertThat(last)
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("c=biws,r=" + clientNonce + serverNonce + ",p=" + proof);
        assertThat(((Step.Success) success).data())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("v=" + signature);
        assertThat(client.handleSuccess(((Step.Success) success).data())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ScramMechanism.class)
    void shouldRefuseAnotherPasswordAndNobody(ScramMechanism mechanism) {
        for (ScramKeys keys : new ScramKeys[] {
            ScramKeys.derive(mechanism, "another", SALT, 4096), ScramKeys.ofNobody(mechanism, "user", SALT, 4096)
        }) {
            // given
            ScramClient client = new ScramClient(mechanism, "user", "pencil", "abc");
            ScramServer server = new ScramServer(mechanism, "def");
            server.handleFirst(client.first());
            // when
            Step end = server.handleFinal(client.handleChallenge(((Step.Challenge) server.handleKeys(keys)).data()));
            // then
            assertThat(end).isEqualTo(new Step.Failure("not-authorized", "Expected another user name or password"));
        }
    }

    @Test
    void shouldSayTheSameSaltForNobodyEachTime() {
        // when
        ScramKeys one = ScramKeys.ofNobody(ScramMechanism.SCRAM_SHA_1, "user", SALT, 4096);
        ScramKeys again = ScramKeys.ofNobody(ScramMechanism.SCRAM_SHA_1, "user", SALT, 4096);
        ScramKeys other = ScramKeys.ofNobody(ScramMechanism.SCRAM_SHA_1, "user2", SALT, 4096);
        // then
        assertThat(one.salt()).hasSize(16).isEqualTo(again.salt()).isNotEqualTo(other.salt());
        assertThat(one.storedKey()).hasSize(20);
        assertThat(one.matches("user")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n,,n=user,r=abc            | user  |
            y,,n=user,r=abc            | user  |
            n,a=boss,n=user,r=abc      | user  | boss
            n,a=b=2Co=3Ds,n=u=2C,r=abc | u,    | b,o=s
            n,,n=ＵＳＥＲ,r=abc,x=y    | USER  |
            """)
    void shouldReadTheFirstMessage(String message, String username, String authorizationId) {
        assertThat(new ScramServer(ScramMechanism.SCRAM_SHA_1, "x")
                        .handleFirst(message.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Step.AskKeys(username, authorizationId == null ? "" : authorizationId));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,",
                "n,,",
                "n,,n=user",
                "n,,n=,r=abc",
                "n,,n=user,r=",
                "n,,r=abc,n=user",
                "n,,m=x,n=user,r=abc",
                "p=tls-unique,,n=user,r=abc",
                "x,,n=user,r=abc",
                "n,b=c,n=user,r=abc",
                "n,a=,n=user,r=abc",
                "n,,n=us=er,r=abc",
                "n,,n=us=2cer,r=abc",
                "n,,n=us\0er,r=abc",
                "n,,n=user,r=a c",
                "n,,n=user,r=aü"
            })
    void shouldRefuseABadFirstMessage(String message) {
        assertThat(new ScramServer(ScramMechanism.SCRAM_SHA_1, "x")
                        .handleFirst(message.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Step.Failure.class,
                        failure -> assertThat(failure.condition()).isEqualTo("malformed-request"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                              | malformed-request
            c=biws,r=abcdef                                 | malformed-request
            c=biws,r=abcdef,p=                              | malformed-request
            c=biws,r=abcdef,p=!!                            | malformed-request
            c=eSws,r=abcdef,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=  | malformed-request
            r=abcdef,c=biws,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=  | malformed-request
            c=biws,r=abcdeg,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=  | not-authorized
            c=biws,r=abcdef,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=  | not-authorized
            """)
    void shouldRefuseABadFinalMessage(String message, String condition) {
        // given
        ScramServer server = new ScramServer(ScramMechanism.SCRAM_SHA_1, "def");
        server.handleFirst("n,,n=user,r=abc".getBytes(StandardCharsets.UTF_8));
        server.handleKeys(ScramKeys.derive(ScramMechanism.SCRAM_SHA_1, "pencil", SALT, 4096));
        // when
        Step end = server.handleFinal(message.getBytes(StandardCharsets.UTF_8));
        // then
        assertThat(end)
                .isInstanceOfSatisfying(
                        Step.Failure.class,
                        failure -> assertThat(failure.condition()).isEqualTo(condition));
        assertThat(server.handleFinal(message.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Step.Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=abcdef",
                "r=abc,s=QSXCR+Q6sek8bf92,i=4096",
                "r=xyzabc,s=QSXCR+Q6sek8bf92,i=4096",
                "r=abcdef,s=!,i=4096",
                "r=abcdef,s=,i=4096",
                "r=abcdef,s=QSXCR+Q6sek8bf92,i=1",
                "r=abcdef,s=QSXCR+Q6sek8bf92,i=9999999",
                "r=abcdef,s=QSXCR+Q6sek8bf92,i=-4096",
                "e=other-error"
            })
    void shouldGiveUpOnABadChallenge(String challenge) {
        // given
        ScramClient client = new ScramClient(ScramMechanism.SCRAM_SHA_1, "user", "pencil", "abc");
        // when then
        assertThat(client.handleChallenge(challenge.getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(client.handleSuccess("v=AA==".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void shouldKeepSecretsOutOfItsWords() {
        ScramKeys keys = ScramKeys.derive(ScramMechanism.SCRAM_SHA_1, "pencil", SALT, 4096);
        assertThat(keys.toString()).doesNotContain("storedKey", "[B");
        assertThat(keys.matches("pencil")).isTrue();
        assertThat(keys.matches("pen\u00ADcil")).isTrue();
        assertThat(keys.matches("Pencil")).isFalse();
        assertThat(keys.matches("")).isFalse();
    }

    @Test
    void shouldReadPlain() {
        assertThat(PlainMessage.read("\0tim\0tanstaaftanstaaf".getBytes(StandardCharsets.UTF_8)))
                .contains(new PlainMessage("", "tim", "tanstaaftanstaaf"));
        assertThat(PlainMessage.read("Ursel\0Kurt\0xipj3plmq".getBytes(StandardCharsets.UTF_8)))
                .contains(new PlainMessage("Ursel", "Kurt", "xipj3plmq"));
        assertThat(new PlainMessage("", "tim", "secret").toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tim", "\0tim", "\0\0p", "\0tim\0", "\0tim\0p\0q", "\0t\nm\0p"})
    void shouldRefuseBadPlain(String message) {
        assertThat(PlainMessage.read(message.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(PlainMessage.read(("\0tim\0" + "x".repeat(256)).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(PlainMessage.read(new byte[] {0, 'a', 0, (byte) 0xC0})).isEmpty();
    }
}
