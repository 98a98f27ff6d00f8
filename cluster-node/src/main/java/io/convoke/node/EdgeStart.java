package io.convoke.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.convoke.actors.storage.AdminAccount;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.media.relay.TurnEndpoint;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Starts an edge: web bridge and relay, or a relay alone, without cluster and database. It opens no connection to the core. */
final class EdgeStart {
    private static final long LISTEN_SECONDS = 30;

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
        if (settings.has(Role.WEBBRIDGE3)) {
            ActorRef<Webbridge.Command> webbridge = parts.spawnWebbridge(true);
            parts.listenForC2w(certificates.webbridge(), webbridge);
            String origin = HttpFront.ofEdge(system, settings, parts, webbridge).origin();
            ReadyWords.print(System.out, settings, origin, Optional.empty());
        } else {
            startRelay(system, parts, certificates);
        }
        return new RunningNode(system, resources, settings.stopWithin());
    }

    private void startRelay(ActorSystem<Guardian.Command> system, NodeParts parts, C2wFiles certificates)
            throws StartFailure {
        List<TurnEndpoint> endpoints = listening(parts);
        boolean takesCallbridges = settings.c2w().listenPem().isConfigured();
        if (takesCallbridges) {
            parts.listenForC2w(certificates.webbridge(), parts.spawnWebbridge(true));
        }
        AdminAccount administrator = administrator();
        String origin =
                HttpFront.ofRelay(system, settings, parts, administrator).origin();
        RelayWords.print(System.out, settings, origin, endpoints, administrator.generatedPassword());
    }

    /** A relay that cannot listen has nothing else to do: whoever starts it is to know at once. */
    private List<TurnEndpoint> listening(NodeParts parts) throws StartFailure {
        try {
            return parts.relay()
                    .listening()
                    .toCompletableFuture()
                    .orTimeout(LISTEN_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failure) {
            Throwable why = failure.getCause() == null ? failure : failure.getCause();
            throw new StartFailure(
                    "The relay cannot listen (see TURN_PORT, TURN_TLS_PORT and convoke.relay): " + why.getMessage(),
                    failure);
        }
    }

    private AdminAccount administrator() throws StartFailure {
        String configured = settings.adminPassword().reveal();
        Path file = settings.data().resolve("administrator");
        try {
            return AdminAccount.open(file, configured.isEmpty() ? null : configured.toCharArray());
        } catch (IOException | IllegalStateException failure) {
            throw StartFailure.of("The administrator's account in " + file + " cannot be used", failure);
        }
    }
}
