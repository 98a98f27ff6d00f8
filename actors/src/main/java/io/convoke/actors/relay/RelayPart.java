package io.convoke.actors.relay;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.convoke.actors.node.NodeContext;
import java.time.InstantSource;

/** Everything of this module that a node with a relay runs; needs no cluster. */
public final class RelayPart {
    private final RelayAccess access;

    private RelayPart(RelayAccess access) {
        this.access = access;
    }

    /** Starts it as a child of the guardian whose context this is; on the guardian's thread. */
    public static RelayPart start(
            ActorContext<?> guardian,
            Relay.Settings settings,
            RelayServer server,
            TellBrowsers tell,
            NodeContext node) {
        ParticipantBook participants = new ParticipantBook(settings.rules(), node.clock());
        CurrentEndpoints endpoints = new CurrentEndpoints();
        ActorRef<Relay.Command> relay =
                guardian.spawn(Relay.create(settings, server, node, participants, endpoints), "relay");
        return new RelayPart(new OwnRelay(tell, participants, endpoints, relay));
    }

    /** For a node without a relay: the web bridge names those that {@code tell} names. */
    public static RelayAccess elsewhere(RelayRules rules, TellBrowsers tell, InstantSource clock) {
        return tell.urls().isEmpty() ? RelayAccess.NONE : new OtherRelays(rules, tell.urls(), clock);
    }

    /** What the web bridge beside it talks to. */
    public RelayAccess access() {
        return access;
    }
}
