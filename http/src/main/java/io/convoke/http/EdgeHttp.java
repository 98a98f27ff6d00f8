package io.convoke.http;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.webbridge3.JoinRoutes;
import io.convoke.http.webbridge3.JoinSettings;
import io.convoke.http.webbridge3.SessionLimits;
import io.convoke.http.webbridge3.SessionSocket;
import io.convoke.http.webbridge3.WebAppRoutes;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a web bridge serves: joins, session WebSockets, the web app. Its C2W port is {@link io.convoke.http.c2w.C2wListener}. */
public final class EdgeHttp {
    /**
     * Bounds.
     *
     * @param publicOrigin the only origin that browsers may open sessions from; empty lets all
     * @param frameAncestors who may show the web app in a frame, such as {@code 'none'}
     */
    public record Settings(JoinSettings join, SessionLimits session, String publicOrigin, String frameAncestors) {
        public static Settings defaults() {
            return new Settings(JoinSettings.defaults(), SessionLimits.defaults(), "", "'none'");
        }
    }

    private EdgeHttp() {}

    /** The routes, for {@link HttpServer#start} beside others. */
    public static Route routes(ActorSystem<?> system, Settings settings, ActorRef<Webbridge.Command> webbridge) {
        return Directives.concat(
                new JoinRoutes(system, settings.join(), webbridge).route(),
                new SessionSocket(system, settings.session(), settings.publicOrigin(), webbridge).route(),
                new WebAppRoutes(settings.frameAncestors()).route());
    }

    /** A server of its own for them. */
    public static CompletionStage<HttpServer> start(
            ActorSystem<?> system,
            HttpSettings server,
            Settings settings,
            ActorRef<Webbridge.Command> webbridge,
            Journal journal) {
        return HttpServer.start(
                system,
                server,
                journal.writingAs(Origin.EDGE, "wb3_frontend"),
                List.of(routes(system, settings, webbridge)));
    }
}
