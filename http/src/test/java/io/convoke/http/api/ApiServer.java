package io.convoke.http.api;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.user.UserDirectory;
import io.convoke.actors.xmpp.ComponentSecrets;
import io.convoke.actors.xmpp.XmppConfigurationStore;
import io.convoke.http.AdminHttp;
import io.convoke.http.HttpServer;
import io.convoke.http.HttpSettings;
import io.convoke.http.Lines;
import io.convoke.http.tls.PemPaths;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A bound API over a database of its own, with administrator and password {@code admin}, {@code pä:ss}. */
public final class ApiServer implements AutoCloseable {
    static final UUID OWN = UUID.fromString("11111111-2222-3333-4444-555555555555");
    static final UUID OTHER = UUID.fromString("99999999-2222-3333-4444-555555555555");
    static final Instant NOW = Instant.parse("2026-11-21T10:01:00Z");

    private static final AtomicInteger NEXT = new AtomicInteger();

    final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = local"));
    final Database database = Database.open(new DatabaseSettings(
            "jdbc:h2:mem:api" + NEXT.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "", 4, Duration.ofSeconds(5)));
    final XmppConfigurationStore configurations = XmppConfigurationStore.over(database, Runnable::run);
    final ComponentSecrets components = ComponentSecrets.over(database, Runnable::run);
    final UserDirectory users = UserDirectory.over(database, Runnable::run);
    final BlockingQueue<UUID> configured = new LinkedBlockingQueue<>();
    final BlockingQueue<String> componentsChanged = new LinkedBlockingQueue<>();
    final Lines lines = new Lines();
    private final ActorRef<StateBoard.Command> board = kit.spawn(StateBoard.create("node-1", () -> NOW));
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    public ApiServer() throws Exception {
        this(null);
    }

    ApiServer(PemPaths tls) throws Exception {
        HttpSettings loopback = HttpSettings.loopback(0);
        HttpSettings settings = new HttpSettings(
                "127.0.0.1", 0, tls, loopback.headTimeout(), loopback.idleTimeout(), loopback.maxConnections());
        ApiRoutes.Services services = new ApiRoutes.Services(
                configurations,
                components,
                users,
                OWN,
                "example.org",
                configured::add,
                componentsChanged::add,
                lines,
                () -> NOW);
        server = HttpServer.start(
                        kit.system(),
                        settings,
                        lines,
                        List.of(AdminHttp.routes(
                                kit.system(),
                                settings,
                                new ApiSettings(2000, Duration.ofSeconds(5), Duration.ofSeconds(1)),
                                (user, password) ->
                                        user.equals("admin") && Arrays.equals(password, "pä:ss".toCharArray()),
                                services)))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    void say(String kind, String id, String json) {
        board.tell(new StateBoard.Register(kind, id, kit.<GetState>spawn(Behaviors.receiveMessage(question -> {
            question.replyTo().tell(new StateSnapshot(kind, id, "node-1", json));
            return Behaviors.same();
        }))));
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(20), () -> {
            if (StateBoard.gather(kit.system(), kind, id, Duration.ofSeconds(1))
                    .toCompletableFuture()
                    .join()
                    .isEmpty()) {
                throw new AssertionError("not listed yet");
            }
            return null;
        });
    }

    public int port() {
        return server.port();
    }

    /** With the administrator's password. */
    public HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", basic("admin:pä:ss"));
    }

    public HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create(server.scheme() + "://localhost:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> form(String method, String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> json(String path) throws Exception {
        return send(request(path).header("Accept", "application/json"));
    }

    /** A request as it stands, for what no client library would send; the whole answer. */
    String raw(String head, String body) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((head + "\r\nAuthorization: " + basic("admin:pä:ss") + "\r\nConnection: close\r\n\r\n" + body)
                    .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    List<String> audit() {
        return lines.all().stream()
                .filter(line -> line.facility() == io.convoke.actors.trace.Facility.LOCAL0)
                .map(Lines.Line::text)
                .toList();
    }

    @Override
    public void close() throws Exception {
        server.stop(Duration.ofMillis(200)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        kit.shutdownTestKit();
        database.close();
    }
}
