package io.convoke.http;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.http.javadsl.server.Route;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.storage.AdminAccount;
import io.convoke.actors.trace.Journal;
import io.convoke.http.admin.PasswordCheck;
import io.convoke.http.state.StateRoutes;
import io.convoke.http.state.StateSettings;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a core node serves: {@code /state}; and a relay without a core its part of it. */
public final class CoreHttp {
    /**
     * Whom the routes ask.
     *
     * @param shardTypes entities whose shards {@code /state/cluster} shows
     */
    public record Services(
            ActorRef<StateBoard.Command> board,
            SpaceDirectory spaces,
            AdminAccount administrator,
            List<EntityTypeKey<?>> shardTypes,
            Journal journal) {
        public Services {
            shardTypes = List.copyOf(shardTypes);
        }
    }

    private CoreHttp() {}

    /** The routes, for {@link HttpServer#start} with the same {@code server}, beside others. */
    public static Route routes(ActorSystem<?> system, HttpSettings server, StateSettings settings, Services services) {
        return StateRoutes.ofCluster(
                        new StateRoutes.Core(
                                system,
                                services.board(),
                                services.administrator()::matches,
                                settings,
                                services.journal(),
                                server.tls() != null),
                        services.spaces(),
                        services.shardTypes())
                .routes();
    }

    /** The same for a relay that is no member of a cluster. {@code credentials}: the administrator's. */
    public static Route relayRoutes(
            ActorSystem<?> system,
            HttpSettings server,
            StateSettings settings,
            ActorRef<StateBoard.Command> board,
            PasswordCheck.Credentials credentials,
            Journal journal) {
        return StateRoutes.ofRelay(
                        new StateRoutes.Core(system, board, credentials, settings, journal, server.tls() != null))
                .routes();
    }

    /** A server of its own for them. */
    public static CompletionStage<HttpServer> start(
            ActorSystem<?> system, HttpSettings server, StateSettings settings, Services services, Journal journal) {
        return HttpServer.start(system, server, journal, List.of(routes(system, server, settings, services)));
    }
}
