package io.convoke.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that bring their request's head slowly, or in time. */
class HeadTimeoutTest {
    private static final String REQUEST = "GET /answer HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = local"));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void shutDown() {
        clock.shutdownNow();
        kit.shutdownTestKit();
    }

    @Test
    void shouldAnswer408ToAHeadThatDrips() throws Exception {
        // given
        try (Socket socket = connect(serve(Duration.ofMillis(500), Duration.ofSeconds(20), now()))) {
            OutputStream out = socket.getOutputStream();
            write(out, "GET /answer HTTP/1.1\r\n");

            // when
            clock.scheduleAtFixedRate(() -> write(out, "X-A: 1\r\n"), 0, 100, TimeUnit.MILLISECONDS);

            // then
            assertThat(first(socket)).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void shouldBoundTheNextHeadOfAConnectionThatIsKeptAlive() throws Exception {
        // given
        try (Socket socket = connect(serve(Duration.ofMillis(600), Duration.ofMillis(600), now()))) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            write(out, REQUEST + REQUEST);

            // when
            clock.scheduleAtFixedRate(() -> write(out, "X"), 100, 100, TimeUnit.MILLISECONDS);

            // then
            String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all.split("HTTP/1.1 200", -1)).hasSize(3);
            assertThat(all).contains("HTTP/1.1 408");
        }
    }

    @Test
    void shouldGiveAHandlerTheTimeItTakes() throws Exception {
        // given
        CompletableFuture<String> late = new CompletableFuture<>();
        try (Socket socket = connect(serve(Duration.ofMillis(300), Duration.ofSeconds(20), late))) {
            // when
            write(socket.getOutputStream(), REQUEST);
            clock.schedule(() -> late.complete("late"), 900, TimeUnit.MILLISECONDS);

            // then
            assertThat(first(socket)).isEqualTo("HTTP/1.1 200");
        }
    }

    private static CompletionStage<String> now() {
        return CompletableFuture.completedFuture("now");
    }

    private int serve(Duration first, Duration later, CompletionStage<String> answer) throws Exception {
        Route route = Directives.path("answer", () -> Directives.onSuccess(answer, Directives::complete));
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, null, first, later, 16);
        return HttpServer.start(kit.system(), settings, new Lines(), List.of(route))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .port();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String first(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
