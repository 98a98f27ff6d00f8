package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers who send rubbish, too much, too slowly, or nothing. A guest in a meeting beside them notices none of it. */
class BadInputIT {
    private static final int BODY_BYTES = 100 * 1024 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;

    @TempDir
    private static Path folder;

    private static NodeProcess node;
    private static String origin;
    private ClientSession bystander;

    @BeforeAll
    static void startNode() {
        Path file = Configuration.write(
                folder,
                "bad-input",
                "convoke.conf",
                "convoke { http.request-timeout = 2s, session.authentication-timeout = 2s }");
        node = NodeProcess.start(
                "bad-input",
                "--config",
                file.toString(),
                "--http",
                "0",
                "--data",
                folder.resolve("data").toString());
        origin = node.awaitReady();
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @BeforeEach
    void joinBystander() throws Exception {
        bystander = ClientSession.join(origin, "Bystander", "9999");
    }

    @AfterEach
    void bystanderNoticedNothing() {
        assertThat(bystander.isOpen()).isTrue();
        bystander.send("{\"type\":\"ping\",\"id\":77}");
        assertThat(bystander.await("pong").path("id").asInt()).isEqualTo(77);
        bystander.send("{\"type\":\"leave\"}");
        bystander.await("ended");
        assertThat(node.lines()).noneMatch(line -> line.contains("ERROR :"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | {                                            | 400 | badRequest",
                "application/json | []                                           | 400 | badRequest",
                "application/json | {\"name\":\"Ada\"}                           | 400 | badRequest",
                "application/json | {\"callId\":\"9999\"}                        | 400 | badRequest",
                "application/json | {\"name\":7,\"callId\":\"9999\"}             | 400 | badRequest",
                "application/json | {\"name\":\"Ada\",\"callId\":\"9999\",\"uri\":\"x\"} | 400 | badRequest",
                "application/json | {\"name\":\"Ada\",\"callId\":\"4711\"}       | 404 | unknownCall",
                "text/plain       | {\"name\":\"Ada\",\"callId\":\"9999\"}       | 415 | unsupportedMediaType",
            })
    void shouldRefuseWithACode(String contentType, String body, int status, String code) throws Exception {
        // when
        Api.Answer answer = new Api(origin).post("/api/join", contentType, body);

        // then
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertThat(answer.body().path("detail").asText()).isNotBlank();
    }

    @Test
    void shouldRefuseABodyOfAHundredMegabytesBeforeTakingIt() throws Exception {
        try (Socket socket = open()) {
            // when
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: " + BODY_BYTES));
            out.flush();

            // then
            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("payloadTooLarge");
        }
    }

    @Test
    void shouldCutOffABodyThatNeverEnds() throws Exception {
        try (Socket socket = open()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked"));
            byte[] chunk = ("10000\r\n" + " ".repeat(CHUNK_BYTES) + "\r\n").getBytes(StandardCharsets.US_ASCII);

            // when
            int sent = 0;
            try {
                while (sent < BODY_BYTES) {
                    out.write(chunk);
                    sent += CHUNK_BYTES;
                }
            } catch (IOException cutOff) {
                // As it should be.
            }

            // then
            assertThat(sent).isLessThan(BODY_BYTES);
        }
    }

    @Test
    void shouldNotWaitForASlowSender() throws Exception {
        try (Socket socket = open()) {
            // when
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 40"));
            out.write("{\"name\":".getBytes(StandardCharsets.US_ASCII));
            out.flush();

            // then
            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("requestTimeout");
        }
    }

    @Test
    void shouldRefuseAForgedToken() {
        try (ClientSession session = ClientSession.connect(origin, "/api/session")) {
            // when
            session.authenticate("eyJhbGciOiJub25lIn0.eyJzdWIiOiJndWVzdDEifQ.");

            // then
            JsonNode error = session.await("error");
            assertThat(error.path("code").asText()).isEqualTo("badToken");
            assertThat(error.path("fatal").asBoolean()).isTrue();
            assertThat(session.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void shouldCloseAWebSocketThatSaysNothing() {
        try (ClientSession session = ClientSession.connect(origin, "/api/session")) {
            // when / then
            assertThat(session.await("error").path("code").asText()).isEqualTo("authenticationTimeout");
            assertThat(session.awaitClose()).isIn(4401, 4408);
        }
    }

    @Test
    void shouldCloseAWebSocketThatSendsGarbage() {
        try (ClientSession session = ClientSession.connect(origin, "/api/session")) {
            // when
            session.send("\u0001 not json");

            // then
            assertThat(session.await("error").path("code").asText()).isEqualTo("badMessage");
            assertThat(session.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void shouldRefuseNonsenseAsSdpAndGoOn() throws Exception {
        try (ClientSession session = ClientSession.join(origin, "Mallory", "9999")) {
            // when
            session.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\\r\\nnonsense\"}");

            // then
            JsonNode error = session.await("error");
            assertThat(error.path("code").asText()).isEqualTo("badOffer");
            assertThat(error.path("inReplyTo").asInt()).isEqualTo(1);
            assertThat(error.path("expected").asText()).isNotBlank();
            session.send("{\"type\":\"leave\"}");
            assertThat(session.await("ended").path("code").asText()).isEqualTo("left");
        }
    }

    private static byte[] head(String length) {
        return ("POST /api/join HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", URI.create(origin).getPort());
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        return socket;
    }

    /** All that comes until the server closes, or at least a whole problem. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4096];
        for (int n = socket.getInputStream().read(buffer);
                n > 0;
                n = socket.getInputStream().read(buffer)) {
            text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            if (text.toString().endsWith("}") || text.toString().endsWith("}\n")) {
                break;
            }
        }
        return text.toString();
    }
}
