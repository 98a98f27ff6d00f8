package io.convoke.http;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import io.convoke.http.problem.ParsingProblems;
import io.convoke.http.problem.Refusals;
import io.convoke.http.tls.HttpsIdentity;
import io.convoke.http.tls.PemFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One bound server: routes, what is refused in their name, and a line in the access log for each request. */
public final class HttpServer {
    private final ServerBinding binding;
    private final boolean tls;

    private HttpServer(ServerBinding binding, boolean tls) {
        this.binding = binding;
        this.tls = tls;
    }

    /**
     * Binds. Fails with {@link PemFailure} on an unusable certificate, and when the address is taken.
     *
     * @param journal takes the access log's lines and what is wrong with renewed certificates
     * @param routes asked in this order
     */
    public static CompletionStage<HttpServer> start(
            ActorSystem<?> system, HttpSettings settings, Journal journal, List<Route> routes) {
        Route all = Directives.concat(Directives.reject(), routes.toArray(Route[]::new))
                .seal(Refusals.rejections(), Refusals.exceptions());
        var handler = new AccessLog(journal, System::nanoTime).around(all.function(system));
        var builder = Http.get(system)
                .newServerAt(settings.host(), settings.port())
                .withSettings(serverSettings(system, settings));
        if (settings.tls() != null) {
            try {
                HttpsIdentity identity = HttpsIdentity.read(
                        settings.tls(),
                        words -> journal.record(
                                Facility.USER,
                                Severity.WARNING,
                                "host:server",
                                "httpsCertificateUnusable",
                                Ids.none(),
                                words));
                builder = builder.enableHttps(ConnectionContext.httpsServer(identity::engine));
            } catch (PemFailure e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        // A request at a time, as a handler function would be asked: answers keep the order of their requests.
        var perConnection = BidiFlow.fromGraph(new HeadTimeout(
                        settings.headTimeout(), settings.idleTimeout().plus(settings.headTimeout())))
                .join(Flow.<HttpRequest>create().mapAsync(1, handler::apply));
        return builder.bindFlow(perConnection).thenApply(binding -> new HttpServer(binding, settings.tls() != null));
    }

    private static ServerSettings serverSettings(ActorSystem<?> system, HttpSettings settings) {
        return ServerSettings.create(ConfigFactory.parseMap(Map.of(
                                "akka.http.server.parsing.error-handler", ParsingProblems.class.getName(),
                                "akka.http.server.remote-address-attribute", "on",
                                "akka.http.server.server-header", "",
                                // All that routes wait for has a bound of its own, and an answer in words.
                                "akka.http.server.request-timeout", "infinite",
                                "akka.http.server.idle-timeout",
                                        settings.idleTimeout().toMillis() + " ms"))
                        .withFallback(system.settings().config()))
                .withMaxConnections(settings.maxConnections());
    }

    /** The bound TCP port. */
    public int port() {
        return binding.localAddress().getPort();
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return tls ? "https" : "http";
    }

    /** Accepts no more connections, lets requests under way end within the bound. WebSockets end with what is behind them. */
    public CompletionStage<Done> stop(Duration bound) {
        return binding.terminate(bound).thenApply(terminated -> Done.done());
    }
}
