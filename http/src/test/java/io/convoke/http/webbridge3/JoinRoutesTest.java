package io.convoke.http.webbridge3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.c2w.IceServer;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.webbridge.JoinForm;
import io.convoke.actors.webbridge.JoinOutcome;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.EdgeHttp;
import io.convoke.http.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinRoutesTest {
    private static final UUID PARTICIPANT = UUID.fromString("fcfe42f4-ac94-4ab2-a14a-f4165ec960a7");
    private static final UUID OTHER = UUID.fromString("db0fafc3-ad47-43bd-bcbd-47886416451b");
    private static EdgeServer edge;

    @BeforeAll
    static void start() throws Exception {
        EdgeHttp.Settings defaults = EdgeHttp.Settings.defaults();
        edge = new EdgeServer(new EdgeHttp.Settings(
                new JoinSettings(64 << 10, Duration.ofMillis(500), Duration.ofMillis(700)),
                defaults.session(),
                "",
                "'none'"));
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @BeforeEach
    void forget() {
        edge.lines.all().clear();
    }

    @Test
    void shouldAnswerAsTheProtocolSays() throws Exception {
        // when
        var answer = edge.client.sendAsync(
                edge.post("{\"name\":\"Thomas\",\"callId\":\"9999\",\"passcode\":\"1234\"}")
                        .header("User-Agent", "Firefox")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Webbridge.Join join = edge.webbridge.expectMessageClass(Webbridge.Join.class);
        join.replyTo().tell(joined());
        HttpResponse<String> response = answer.get(10, TimeUnit.SECONDS);
        // then
        assertThat(join.form()).isEqualTo(new JoinForm("Thomas", "9999", null, null, "1234"));
        assertThat(join.source()).isEqualTo("127.0.0.1");
        assertThat(join.host()).isEqualTo("localhost");
        assertThat(join.userAgent()).isEqualTo("Firefox");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .isEqualTo("{\"token\":\"the.secret.token\",\"user\":\"guest1\",\"participant\":\"" + PARTICIPANT
                        + "\",\"call\":\"" + OTHER + "\",\"callbridge\":\"" + OTHER + "\",\"space\":{\"id\":\"" + OTHER
                        + "\",\"name\":\"9999\"},\"webSocket\":\"/api/session\",\"iceServers\":[{\"urls\":[\"stun:x:3478\"]}],"
                        + "\"iceTransportPolicy\":\"relay\",\"expires\":\"2026-11-21T00:00:00Z\"}");
    }

    @Test
    void shouldWriteTheAccessLogInTheOriginalsForm() throws Exception {
        // when
        var answer = edge.client.sendAsync(
                HttpRequest.newBuilder(edge.uri("/api/join?secret=geheim1"))
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "Fire\"fox")
                        .header("Referer", "http://localhost/meeting/9999?secret=geheim2#geheim3")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"Thomas\",\"secret\":\"geheim4\",\"passcode\":\"geheim5\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        edge.webbridge.expectMessageClass(Webbridge.Join.class).replyTo().tell(joined());
        answer.get(10, TimeUnit.SECONDS);
        // then
        Lines.Line line = edge.lines.all().get(0);
        assertThat(line.facility()).isEqualTo(Facility.LOCAL7);
        assertThat(line.program()).isEqualTo("wb3_frontend");
        assertThat(line.ids().participant()).isEqualTo(PARTICIPANT);
        assertThat(line.text())
                .matches("\\[Join call:" + PARTICIPANT + "] 127\\.0\\.0\\.1 - - "
                        + "\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] status 200 \"POST /api/join HTTP/1\\.1\" "
                        + "bytes_sent \\d+ http_referer \"http://localhost/meeting/9999\" http_user_agent \"Fire_fox\" "
                        + "toupstream c2w upstream_response_time \\d+\\.\\d{3} request_time \\d+\\.\\d{3}")
                .doesNotContain("geheim", "the.secret.token");
    }

    @Test
    void shouldPassARefusalOn() throws Exception {
        // when
        var answer = edge.client.sendAsync(
                edge.post("{\"name\":\"Thomas\",\"callId\":\"9999\"}").build(), HttpResponse.BodyHandlers.ofString());
        edge.webbridge
                .expectMessageClass(Webbridge.Join.class)
                .replyTo()
                .tell(new JoinOutcome.Refused(
                        429, "tooManyAttempts", "Too many wrong passcodes", "Wait.", null, null, 7));
        HttpResponse<String> response = answer.get(10, TimeUnit.SECONDS);
        // then
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(response.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Too many wrong passcodes\",\"status\":429,"
                        + "\"code\":\"tooManyAttempts\",\"detail\":\"Wait.\",\"retryAfterSeconds\":7}");
    }

    @Test
    void shouldAnswer503WhenTheWebbridgeDoesNot() throws Exception {
        // when
        HttpResponse<String> response = edge.send(edge.post("{\"name\":\"Thomas\",\"callId\":\"9999\"}"));
        // then
        edge.webbridge.expectMessageClass(Webbridge.Join.class);
        assertProblem(response, 503, "callbridgeUnavailable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"Thomas\"          | a JSON object | something else at line 1, column 17",
                "nonsense                      | a JSON object | something else at line 1, column 1",
                "[]                            | a JSON object | an array",
                "{} {}                         | a JSON object | something else at line 1, column 4",
                "{\"name\":7}                  | a string | a number",
                "{\"name\":\"a\",\"nmae\":\"b\"} | only name, callId, uri, secret, passcode | nmae",
            })
    void shouldSayWhatIsWrongWithTheBody(String body, String expected, String found) throws Exception {
        // when
        HttpResponse<String> response = edge.send(edge.post(body));
        // then
        JsonNode problem = assertProblem(response, 400, "badRequest");
        assertThat(problem.path("expected").asText()).isEqualTo(expected);
        assertThat(problem.path("found").asText()).isEqualTo(found);
        edge.webbridge.expectNoMessage(Duration.ofMillis(20));
    }

    @Test
    void shouldRefuseAnEmptyBodyAndBrokenUtf8AndDeepNesting() throws Exception {
        assertProblem(edge.send(edge.post("")), 400, "badRequest");
        assertProblem(edge.send(edge.post("[".repeat(60_000))), 400, "badRequest");
        assertProblem(
                edge.send(edge.request("/api/join")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"'}))),
                400,
                "badRequest");
    }

    @Test
    void shouldTakeJsonOnly() throws Exception {
        assertProblem(
                edge.send(edge.request("/api/join")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))),
                415,
                "unsupportedMediaType");
    }

    @Test
    void shouldNameTheMethodItTakes() throws Exception {
        // when
        HttpResponse<String> response = edge.send(edge.request("/api/join").GET());
        // then
        assertProblem(response, 405, "methodNotAllowed");
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void shouldRefuse100MegabytesByTheirHeaderAlone() throws Exception {
        // when
        String answer = talk(head("Content-Length: 104857600"));
        // then
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("application/problem+json", "\"payloadTooLarge\"");
    }

    @Test
    void shouldNotReadOn100MegabytesThatAreReallySent() throws Exception {
        // given
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked").getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            // when
            int sent = 0;
            try {
                for (; sent < 1600; sent++) {
                    out.write(chunk);
                }
            } catch (IOException closed) {
                assertThat(closed).hasMessageMatching("(?i).*(reset|broken pipe|closed|aborted).*");
            }
            // then: it hung up long before the end (socket buffers hold some of it)
            assertThat(sent).isLessThan(400);
        }
        assertThat(edge.lines.all()).anyMatch(line -> line.text().contains("status 413 "));
    }

    @Test
    void shouldGiveUpASlowSender() throws Exception {
        // when
        String answer = talk(head("Content-Length: 100") + "{\"name\":");
        // then
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"requestTimeout\"");
    }

    @Test
    void shouldAnswerASenderThatDripsItsBodyAndGoesOn() throws Exception {
        // given
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 5000").getBytes(StandardCharsets.US_ASCII));
            // when
            dripping.scheduleAtFixedRate(() -> drip(out), 0, 20, TimeUnit.MILLISECONDS);
            // then
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 408");
        } finally {
            dripping.shutdownNow();
        }
    }

    private static void drip(OutputStream out) {
        try {
            out.write(' ');
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Test
    void shouldAnswerWhatIsNoHttpWithAProblemToo() throws Exception {
        assertThat(talk("NONSENSE / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 501 ")
                .contains("application/problem+json", "\"notImplemented\"");
        assertThat(talk("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"badRequest\"");
        assertThat(talk("GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("\"uriTooLong\"");
    }

    @Test
    void shouldAnswer404WithAProblem() throws Exception {
        assertProblem(edge.send(edge.request("/nowhere").GET()), 404, "notFound");
    }

    private static String head(String bodyHeader) {
        return String.join(
                "\r\n",
                "POST /api/join HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                bodyHeader,
                "",
                "");
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Sends that and answers what comes until the server closes or pauses for long. */
    private static String talk(String request) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                StringBuilder text = new StringBuilder();
                try {
                    while (text.indexOf("\r\n\r\n{") < 0 || text.indexOf("}") < 0) {
                        int c = socket.getInputStream().read();
                        if (c < 0) {
                            break;
                        }
                        text.append((char) c);
                    }
                } catch (IOException broken) {
                    text.append(broken);
                }
                return text.toString();
            });
            return answer.get(15, TimeUnit.SECONDS);
        }
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String code) throws Exception {
        JsonNode problem = EdgeServer.json(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty().doesNotContain("Exception", "io.convoke");
        return problem;
    }

    private static JoinOutcome joined() {
        return new JoinOutcome.Joined(
                "the.secret.token",
                "guest1",
                PARTICIPANT,
                OTHER,
                OTHER,
                OTHER,
                "9999",
                "/api/session",
                List.of(new IceServer(List.of("stun:x:3478"), null, null)),
                "relay",
                Instant.parse("2026-11-21T00:00:00Z"));
    }
}
