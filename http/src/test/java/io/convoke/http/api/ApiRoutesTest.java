package io.convoke.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.http.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRoutesTest {
    private static ApiServer api;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "admin:wrong", "root:pä:ss", "admin", ":"})
    void shouldAskForTheAdministratorWithAnEmptyBody(String credentials) throws Exception {
        // given
        HttpRequest.Builder request = api.anonymous("/api/v1/users");
        if (!credentials.isEmpty()) {
            request.header("Authorization", ApiServer.basic(credentials));
        }
        // when
        HttpResponse<String> answer = api.send(request);
        // then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("0");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"acano\"");
    }

    @Test
    void shouldTellNobodyElseWhatThereIs() throws Exception {
        assertThat(api.send(api.anonymous("/api/v1/nonsense")).statusCode()).isEqualTo(401);
        assertThat(api.get("/api/v1/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTakePasswordsFromElsewhereOverTlsOnly() throws Exception {
        assertThat(api.raw("GET /api/v1/users HTTP/1.1\r\nHost: evil.example", ""))
                .startsWith("HTTP/1.1 403 ")
                .contains("\"tlsRequired\"");
        assertThat(api.raw("GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1", ""))
                .startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:1"
            })
    void shouldTakeNoChangeFromAnotherSitesPage(String header) throws Exception {
        // when
        String answer = api.raw(
                "POST /api/v1/users HTTP/1.1\r\nHost: localhost:" + api.port() + "\r\n" + header
                        + "\r\nContent-Length: 30",
                "userJid=eve&password=evil-eve1");
        // then
        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("\"foreignOrigin\"");
        assertThat(api.users.byLocal("eve").toCompletableFuture().join()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: http://localhost:PORT"})
    void shouldTakeChangesFromItsOwnPages(String header) throws Exception {
        // when
        String answer = api.raw(
                "PUT /configuration/xmpp HTTP/1.1\r\nHost: localhost:" + api.port() + "\r\n"
                        + header.replace("PORT", Integer.toString(api.port())) + "\r\nContent-Length: 0",
                "");
        // then
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/v1/system/configuration/xmpp, 'GET, PUT'",
        "POST, /configuration/xmpp, 'GET, PUT'",
        "PATCH, /api/v1/users, 'GET, POST'",
        "POST, /api/v1/users/1, 'DELETE, GET, PUT'",
        "PUT, /api/v1/system/alarms, GET",
    })
    void shouldSayWhichMethodsAnAddressTakes(String method, String path, String allowed) throws Exception {
        // when
        HttpResponse<String> answer = api.form(method, path, "a=b");
        // then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(answer.body()).contains("<failureDetails><invalidOperation /></failureDetails>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api/v1/", "/api/v1/nonsense", "/api/v1/users/1/2", "/api/v1/system"})
    void shouldKnowNothingElse(String path) throws Exception {
        // when
        HttpResponse<String> answer = api.get(path);
        // then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("<unrecognizedObject />");
    }

    @Test
    void shouldLeaveOtherAddressesToOthers() throws Exception {
        assertThat(api.send(api.anonymous("/api/v10/users")).statusCode()).isEqualTo(404);
        assertThat(api.send(api.anonymous("/configuration")).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseBodiesThatAreNoParametersOrTooLarge() throws Exception {
        // when
        HttpResponse<String> json = api.send(api.request("/configuration/xmpp")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{}")));
        HttpResponse<String> large = api.form("PUT", "/configuration/xmpp", "domain=" + "a".repeat(2000));
        HttpResponse<String> malformed = api.form("PUT", "/configuration/xmpp", "domain=%zz");
        // then
        assertThat(json.statusCode()).isEqualTo(415);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("<failureDetails><parameterError /></failureDetails>");
    }

    @Test
    void shouldListAlarmsAsTheOriginalDoes() throws Exception {
        // given
        assertThat(api.get("/api/v1/system/alarms").body())
                .isEqualTo("<?xml version=\"1.0\"?><alarms total=\"0\"></alarms>");
        // when
        api.say(
                "alarms",
                "a1",
                "{\"id\":\"a1\",\"kind\":\"alarms\",\"node\":\"node-1\",\"since\":\"2026-11-21T10:00:00.5Z\","
                        + "\"state\":\"raised\",\"callbridge\":\"cb\",\"type\":\"xmppRegistrationFailure\",\"failureReason\":\"dnsFailure\"}");
        // then
        assertThat(api.get("/api/v1/system/alarms").body())
                .isEqualTo("<?xml version=\"1.0\"?><alarms total=\"1\"><alarm id=\"a1\">"
                        + "<type>xmppRegistrationFailure</type><activeTimeSeconds>59</activeTimeSeconds>"
                        + "<timestamp>2026-11-21T10:00:00Z</timestamp><callBridge>cb</callBridge>"
                        + "<failureReason>dnsFailure</failureReason></alarm></alarms>");
        assertThat(Json.read(api.json("/api/v1/system/alarms").body())
                        .path("alarms")
                        .path(0)
                        .path("activeTimeSeconds")
                        .asInt())
                .isEqualTo(59);
    }

    @Test
    void shouldSayThatTheDatabaseIsAway() throws Exception {
        try (ApiServer away = new ApiServer()) {
            // given
            away.database.close();
            // when
            HttpResponse<String> xml = away.get("/configuration/xmpp");
            HttpResponse<String> json = away.json("/api/v1/users");
            // then
            assertThat(xml.statusCode()).isEqualTo(503);
            assertThat(xml.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(xml.body())
                    .isEqualTo("<?xml version=\"1.0\"?><failureDetails><databaseNotReady /></failureDetails>");
            assertThat(Json.read(json.body()).path("code").asText()).isEqualTo("databaseNotReady");
            assertThat(away.form("PUT", "/configuration/xmpp", "domain=a").statusCode())
                    .isEqualTo(503);
        }
    }
}
