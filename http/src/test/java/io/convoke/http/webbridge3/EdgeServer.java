package io.convoke.http.webbridge3;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.EdgeHttp;
import io.convoke.http.HttpServer;
import io.convoke.http.HttpSettings;
import io.convoke.http.Lines;
import io.convoke.http.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A bound edge with a probe as its Webbridge, and a client. */
final class EdgeServer implements AutoCloseable {
    final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = local"));
    final TestProbe<Webbridge.Command> webbridge = kit.createTestProbe();
    final Lines lines = new Lines();
    final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    EdgeServer(EdgeHttp.Settings settings) throws Exception {
        server = EdgeHttp.start(kit.system(), HttpSettings.loopback(0), settings, webbridge.ref(), lines)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder post(String json) {
        return request("/api/join")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws Exception {
        return Json.read(response.body());
    }

    @Override
    public void close() throws Exception {
        server.stop(Duration.ofMillis(200)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        kit.shutdownTestKit();
    }
}
