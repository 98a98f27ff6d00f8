package io.convoke.actors.chat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.convoke.protocols.xmpp.Jid;
import java.util.HashMap;
import java.util.Map;

/** Through which node each XMPP occupant is there: the gates are watched, for with a node go its clients. For the room's own thread. */
final class Gates {
    private final ActorContext<ChatRoomCommand> context;
    private final Map<Jid, ActorRef<ChatGate.Command>> gates = new HashMap<>();

    Gates(ActorContext<ChatRoomCommand> context) {
        this.context = context;
    }

    void put(Jid client, ActorRef<ChatGate.Command> gate) {
        if (!gates.containsValue(gate)) {
            context.watchWith(gate, new ChatRoomCommand.GateGone(gate));
        }
        gates.put(client, gate);
    }

    void remove(Jid client) {
        ActorRef<ChatGate.Command> gate = gates.remove(client);
        if (gate != null && !gates.containsValue(gate)) {
            context.unwatch(gate);
        }
    }

    boolean isBehind(Jid client, ActorRef<ChatGate.Command> gate) {
        return gate.equals(gates.get(client));
    }
}
