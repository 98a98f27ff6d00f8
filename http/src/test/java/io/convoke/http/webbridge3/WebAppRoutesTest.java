package io.convoke.http.webbridge3;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.http.EdgeHttp;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAppRoutesTest {
    private static EdgeServer edge;

    @BeforeAll
    static void start() throws Exception {
        edge = new EdgeServer(EdgeHttp.Settings.defaults());
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=UTF-8",
        "/meeting/9999, text/html; charset=UTF-8",
        "/meeting/some.name@example.org, text/html; charset=UTF-8",
        "/assets/js/main.js, application/javascript; charset=UTF-8",
        "/assets/css/base.css, text/css; charset=UTF-8",
        "/assets/favicon.svg, image/svg+xml",
    })
    void shouldServeTheWebApp(String path, String type) throws Exception {
        // when
        HttpResponse<String> response = edge.send(edge.request(path).GET());
        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @Test
    void shouldSayThatAFileIsStillTheSame() throws Exception {
        // given
        String tag = edge.send(edge.request("/assets/js/main.js").GET())
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        // when
        HttpResponse<String> same = edge.send(edge.request("/assets/js/main.js").header("If-None-Match", tag));
        HttpResponse<String> other =
                edge.send(edge.request("/assets/js/main.js").header("If-None-Match", "\"other\""));
        // then
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldProtectItsPages() throws Exception {
        // when
        HttpResponse<String> response =
                edge.send(edge.request("/meeting/9999?secret=x").GET());
        // then
        String host = "localhost:" + edge.port();
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains(
                        "default-src 'none'",
                        "script-src 'self';",
                        "connect-src 'self' ws://" + host + " wss://" + host + ";",
                        "frame-ancestors 'none'");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("Permissions-Policy").orElseThrow())
                .contains("camera=(self)", "microphone=(self)", "display-capture=(self)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../index.html",
                "/assets/%2e%2e/index.html",
                "/assets/..%2fmeeting.html",
                "/assets/js/",
                "/assets/js",
                "/assets//js/main.js",
                "/assets/js/main.js%00.css",
                "/assets/%2fetc%2fpasswd",
                "/assets/absent.js",
            })
    void shouldServeNothingElse(String path) throws Exception {
        HttpResponse<String> response = edge.send(edge.request(path).GET());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(EdgeServer.json(response).path("code").asText()).isEqualTo("notFound");
    }
}
