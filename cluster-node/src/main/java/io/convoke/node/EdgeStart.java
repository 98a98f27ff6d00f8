package io.convoke.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import java.time.Instant;
import java.util.Optional;

/** Starts an edge: web bridge and relay, without cluster and database. It opens no connection to the core. */
final class EdgeStart {
    private final NodeSettings settings;
    private final Resources resources;

    EdgeStart(NodeSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    RunningNode start() throws StartFailure {
        C2wFiles certificates = C2wFiles.of(settings, Instant.now());
        ActorSystem<Guardian.Command> system = resources
                .add(ActorSystems.start(ActorSystemConfig.ofEdge(settings)))
                .system();
        NodeParts parts = NodeParts.start(system, settings);
        String origin = "";
        if (settings.has(Role.WEBBRIDGE3)) {
            ActorRef<Webbridge.Command> webbridge = parts.spawnWebbridge(true);
            parts.listenForC2w(certificates.webbridge(), webbridge);
            origin = HttpFront.ofEdge(system, settings, parts, webbridge).origin();
        }
        ReadyWords.print(System.out, settings, origin, Optional.empty());
        return new RunningNode(system, resources, settings.stopWithin());
    }
}
