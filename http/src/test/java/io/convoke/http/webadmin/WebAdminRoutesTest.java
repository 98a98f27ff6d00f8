package io.convoke.http.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.http.api.ApiServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAdminRoutesTest {
    private static ApiServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/admin/"})
    void shouldLeadToItsFirstPage(String path) throws Exception {
        // when
        HttpResponse<String> answer = server.send(server.request(path));
        // then
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/admin/configuration/general");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/", "/admin/configuration/general", "/admin/nonsense"})
    void shouldAskForTheAdministrator(String path) throws Exception {
        // when
        HttpResponse<String> answer = server.send(server.anonymous(path));
        // then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"acano\"");
    }

    @Test
    void shouldShowThePageUnderAStrictPolicy() throws Exception {
        // when
        HttpResponse<String> answer = server.send(server.request("/admin/configuration/general"));
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
        assertThat(answer.body()).contains("XMPP server settings");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/files/admin.css, text/css; charset=UTF-8",
        "/admin/files/js/general.js, application/javascript; charset=UTF-8",
        "/assets/js/dom.js, application/javascript; charset=UTF-8",
        "/assets/css/base.css, text/css; charset=UTF-8",
    })
    void shouldServeWhatThePageLoads(String path, String type) throws Exception {
        // when
        HttpResponse<String> answer = server.send(server.anonymous(path));
        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/nonsense", "/admin/files/..%2findex.html", "/admin/files/", "/admin/general.html"})
    void shouldServeNothingElse(String path) throws Exception {
        assertThat(server.send(server.request(path)).statusCode()).isEqualTo(404);
    }
}
