package io.convoke.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.xmpp.XmppConfiguration;
import io.convoke.http.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmppConfigurationApiTest {
    private static final String PATH = "/api/v1/system/configuration/xmpp";
    private static final XmppConfiguration FULL =
            new XmppConfiguration("CB1.example.org", "example.org", "hush <&>", "xmpp.example.org:5223");
    private static ApiServer api;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @BeforeEach
    void reset() {
        store(ApiServer.OWN, FULL);
        store(ApiServer.OTHER, XmppConfiguration.EMPTY);
        api.configured.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/system/configuration/xmpp",
                "/api/v1/configuration/xmpp",
                "/system/configuration/xmpp",
                "/configuration/xmpp",
                "/API/V1/System/Configuration/XMPP/",
                "/configuration/xmpp/",
                "/api/v1/system/configuration/xmpp?unknown=1"
            })
    void shouldShowTheRecordWithoutTheSecret(String path) throws Exception {
        // when
        HttpResponse<String> answer = api.get(path);
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml; charset=UTF-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body())
                .isEqualTo("<?xml version=\"1.0\"?><xmpp><uniqueName>CB1.example.org</uniqueName>"
                        + "<domain>example.org</domain><sharedSecretSet>true</sharedSecretSet>"
                        + "<serverAddressOverride>xmpp.example.org:5223</serverAddressOverride></xmpp>");
    }

    @Test
    void shouldShowItAsJsonToWhomeverWantsThat() throws Exception {
        // when
        JsonNode answer = Json.read(api.json(PATH).body());
        // then
        assertThat(answer.path("uniqueName").asText()).isEqualTo("CB1.example.org");
        assertThat(answer.path("sharedSecretSet").asBoolean()).isTrue();
        assertThat(answer.path("callBridge").asText()).isEqualTo(ApiServer.OWN.toString());
        assertThat(answer.toString()).doesNotContain("hush");
    }

    @Test
    void shouldKeepWhatIsLeftOutAndUnsetWhatIsEmpty() throws Exception {
        // when
        HttpResponse<String> answer =
                api.form("PUT", PATH, "uniqueName=cb2.example.org&serverAddressOverride=&foo=bar");
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(stored(ApiServer.OWN))
                .isEqualTo(new XmppConfiguration("cb2.example.org", "example.org", "hush <&>", ""));
        assertThat(api.configured).containsExactly(ApiServer.OWN);
        assertThat(api.audit())
                .last()
                .asString()
                .isEqualTo("127.0.0.1: API user \"admin\" modified XMPP configuration of callbridge " + ApiServer.OWN
                        + " (uniqueName, serverAddressOverride)");
    }

    @Test
    void shouldTakeANewSecretAndTellNobodyWhatItIs() throws Exception {
        // when
        HttpResponse<String> answer = api.form("PUT", PATH, "sharedSecret=n%C3%A4w+one%26more");
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(stored(ApiServer.OWN).sharedSecret()).isEqualTo("näw one&more");
        assertThat(api.audit()).last().asString().endsWith("(sharedSecret)");
        assertThat(api.lines.all().toString()).doesNotContain("näw", "hush");
    }

    @Test
    void shouldUnsetASecret() throws Exception {
        // when
        api.form("PUT", PATH, "sharedSecret=");
        // then
        assertThat(api.get(PATH).body()).contains("<sharedSecretSet>false</sharedSecretSet>");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: x-www-form-urlencoded, uniqueName=a",
        "Content-Type: application/x-www-form-urlencoded; charset=ISO-8859-1, uniqueName=a",
        "Content-Type: application/x-www-form-urlencoded, &uniqueName=a&",
        "Accept: */*, uniqueName=a",
        "Content-Type: text/plain, uniqueName=a",
    })
    void shouldTakeParametersAsClientsOfTheOriginalSendThem(String header, String body) throws Exception {
        // when
        String answer = api.raw(
                "PUT " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\nContent-Length: " + body.length(),
                body);
        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(stored(ApiServer.OWN).uniqueName()).isEqualTo("a");
    }

    @Test
    void shouldTakeOtherCharsetsAndRequestsWithAndWithoutBodies() throws Exception {
        // when
        String latin = api.raw(
                "PUT " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 15\r\n"
                        + "Content-Type: application/x-www-form-urlencoded; charset=iso-8859-1",
                "sharedSecret=\u00e4x");
        String nothing = api.raw("PUT " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0", "");
        String get = api.raw(
                "GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
                        + "Content-Type: application/x-www-form-urlencoded",
                "a=b");
        // then
        assertThat(latin).startsWith("HTTP/1.1 200 ");
        assertThat(stored(ApiServer.OWN).sharedSecret()).isEqualTo("äx");
        assertThat(nothing).startsWith("HTTP/1.1 200 ");
        assertThat(get).startsWith("HTTP/1.1 200 ").contains("<xmpp>");
    }

    @ParameterizedTest
    @CsvSource({
        "uniqueName=a+b, uniqueName",
        "uniqueName=a%00, uniqueName",
        "domain=a@b, domain",
        "sharedSecret=+x, sharedSecret",
        "serverAddressOverride=xmpp.example.org%3A0, serverAddressOverride",
        "serverAddressOverride=xmpp.example.org%3A65536, serverAddressOverride",
        "serverAddressOverride=2001:db8::1, serverAddressOverride",
        "callBridge=nonsense, callBridge",
    })
    void shouldNameTheParameterThatIsWrong(String body, String parameter) throws Exception {
        // when
        HttpResponse<String> answer = api.form("PUT", PATH, body);
        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("<?xml version=\"1.0\"?><failureDetails><parameterError parameter=\"" + parameter
                        + "\" error=\"valueInvalid\" /></failureDetails>");
        assertThat(stored(ApiServer.OWN)).isEqualTo(FULL);
        assertThat(api.configured).isEmpty();
    }

    @Test
    void shouldExplainItInJson() throws Exception {
        // when
        HttpResponse<String> answer = api.send(api.request(PATH)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(HttpRequest.BodyPublishers.ofString("serverAddressOverride=:1")));
        // then
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo("parameterError");
        assertThat(problem.path("parameter").asText()).isEqualTo("serverAddressOverride");
        assertThat(problem.path("error").asText()).isEqualTo("valueInvalid");
        assertThat(problem.path("detail").asText()).contains("host:port");
    }

    @Test
    void shouldReachTheRecordOfAnotherCallbridge() throws Exception {
        // given
        String other = PATH + "?callBridge=" + ApiServer.OTHER;
        HttpResponse<String> unknown = api.get(other);
        api.say("callbridges", ApiServer.OTHER.toString(), "{\"id\":\"" + ApiServer.OTHER + "\"}");
        // when
        HttpResponse<String> answer = api.form("PUT", PATH, "domain=other.example&callBridge=" + ApiServer.OTHER);
        // then
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("<callBridgeDoesNotExist />");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(api.configured).containsExactly(ApiServer.OTHER);
        assertThat(stored(ApiServer.OTHER).domain()).isEqualTo("other.example");
        assertThat(api.get(other).body()).contains("<domain>other.example</domain>");
    }

    private static void store(java.util.UUID callbridge, XmppConfiguration configuration) {
        api.configurations
                .write(callbridge, configuration)
                .toCompletableFuture()
                .join();
    }

    private static XmppConfiguration stored(java.util.UUID callbridge) {
        return api.configurations.read(callbridge).toCompletableFuture().join();
    }
}
