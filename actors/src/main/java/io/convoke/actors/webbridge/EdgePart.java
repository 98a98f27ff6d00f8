package io.convoke.actors.webbridge;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relay.RelayAccess;
import java.time.Duration;

/** Everything of this module that an edge runs; needs no cluster. */
public final class EdgePart {
    private static final Duration STOP_WITHIN = Webbridge.STOP_WITHIN.plusSeconds(1);

    private final ActorRef<Webbridge.Command> webbridge;

    private EdgePart(ActorRef<Webbridge.Command> webbridge) {
        this.webbridge = webbridge;
    }

    /**
     * Starts it as a child of the guardian whose context this is; on the guardian's thread. It says goodbye in the actor system's shutdown, in the phase
     * {@code service-unbind}: what carries its sessions and links has to stay open until then.
     */
    public static EdgePart start(ActorContext<?> guardian, EdgeSettings settings, NodeContext node, RelayAccess relay) {
        ActorSystem<?> system = guardian.getSystem();
        ActorRef<Webbridge.Command> webbridge = guardian.spawn(Webbridge.create(settings, node, relay), "webbridge");
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "webbridge-says-goodbye",
                        () -> AskPattern.ask(webbridge, Webbridge.Stop::new, STOP_WITHIN, system.scheduler())
                                .exceptionally(late -> Done.getInstance()));
        return new EdgePart(webbridge);
    }

    /** What HTTP talks to. */
    public ActorRef<Webbridge.Command> webbridge() {
        return webbridge;
    }
}
