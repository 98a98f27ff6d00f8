package io.convoke.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.Route;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.chat.ChatRoom;
import io.convoke.actors.conference.Conference;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.storage.AdminAccount;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.CoreHttp;
import io.convoke.http.EdgeHttp;
import io.convoke.http.HttpServer;
import io.convoke.http.HttpSettings;
import io.convoke.http.tls.PemFailure;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The node's one HTTP server, with the routes of its roles. {@code origin} is what a person types on this machine. */
record HttpFront(String origin) {
    private static final Duration LET_REQUESTS_END = Duration.ofSeconds(2);

    /** What the administrator's routes need. {@code callbridge} is the node's identity as one, whether it has that role or not. */
    record Administering(
            Administration administration,
            AdminAccount administrator,
            UUID callbridge,
            Administration.Listeners listeners) {
        Route routes(ActorSystem<?> system, HttpSettings server, NodeSettings settings, NodeParts parts) {
            return administration.routes(system, server, settings, parts, administrator, callbridge, listeners);
        }
    }

    /** {@code webbridge} is null where the node has none. */
    static HttpFront ofCore(
            ActorSystem<?> system,
            NodeSettings settings,
            NodeParts parts,
            SpaceDirectory spaces,
            Administering administering,
            @Nullable ActorRef<Webbridge.Command> webbridge)
            throws StartFailure {
        HttpSettings server = server(settings);
        List<Route> routes = new ArrayList<>();
        if (settings.has(Role.API)) {
            CoreHttp.Services services = new CoreHttp.Services(
                    parts.board(),
                    spaces,
                    administering.administrator(),
                    List.of(Conference.KEY, CallLeg.KEY, GuestAccount.KEY, ChatRoom.KEY),
                    parts.journal());
            routes.add(CoreHttp.routes(system, server, HttpFrontSettings.state(settings.http()), services));
            routes.add(administering.routes(system, server, settings, parts));
        }
        if (webbridge != null) {
            routes.add(EdgeHttp.routes(system, HttpFrontSettings.edge(settings), webbridge));
        }
        return start(system, server, parts.journal(), routes);
    }

    static HttpFront ofEdge(
            ActorSystem<?> system, NodeSettings settings, NodeParts parts, ActorRef<Webbridge.Command> webbridge)
            throws StartFailure {
        HttpSettings server = server(settings);
        return start(
                system,
                server,
                parts.journal(),
                List.of(EdgeHttp.routes(system, HttpFrontSettings.edge(settings), webbridge)));
    }

    /** A relay alone. */
    static HttpFront ofRelay(ActorSystem<?> system, NodeSettings settings, NodeParts parts, AdminAccount administrator)
            throws StartFailure {
        HttpSettings server = server(settings);
        return start(
                system,
                server,
                parts.journal(),
                List.of(CoreHttp.relayRoutes(
                        system,
                        server,
                        HttpFrontSettings.state(settings.http()),
                        parts.board(),
                        administrator::matches,
                        parts.journal())));
    }

    private static HttpFront start(ActorSystem<?> system, HttpSettings settings, Journal journal, List<Route> routes)
            throws StartFailure {
        HttpServer server;
        try {
            server = HttpServer.start(system, settings, journal.writingAs(Origin.EDGE, "wb3_frontend"), routes)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof PemFailure pem) {
                throw new StartFailure("HTTPS cannot start: " + pem.words(), pem);
            }
            throw StartFailure.of(
                    "Port " + settings.port() + " of " + settings.host()
                            + " cannot be opened (choose another with --http or convoke.http)",
                    failure);
        }
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceRequestsDone(),
                        "close-http",
                        () -> server.stop(LET_REQUESTS_END).handle((done, failure) -> Done.getInstance()));
        return new HttpFront(server.scheme() + "://" + spoken(settings.host()) + ":" + server.port());
    }

    private static HttpSettings server(NodeSettings settings) throws StartFailure {
        return HttpFrontSettings.server(settings, isLoopback(settings.http().host()), Instant.now());
    }

    private static boolean isLoopback(String host) throws StartFailure {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException failure) {
            throw new StartFailure(
                    "convoke.http.host: expected an address or name of this machine, but found \"" + host + "\"",
                    failure);
        }
    }

    /** Browsers treat the name localhost as a secure context wherever they are old or odd about 127.0.0.1. */
    private static String spoken(String host) {
        return switch (host) {
            case "127.0.0.1", "::1", "0.0.0.0", "::" -> "localhost";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }
}
