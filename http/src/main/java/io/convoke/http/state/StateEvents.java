package io.convoke.http.state;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.sse.ServerSentEvent;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import akka.stream.typed.javadsl.ActorSource;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateChange;
import io.convoke.http.json.Json;
import java.util.Optional;

/** Changes of all nodes' states as server-sent events; a reader that is too slow loses the oldest ones. */
final class StateEvents {
    private StateEvents() {}

    /** @param kind only of this kind; empty for all */
    static Source<ServerSentEvent, ActorRef<StateChange>> source(
            ActorRef<StateBoard.Command> board, String kind, StateSettings settings) {
        return ActorSource.<StateChange>actorRef(
                        change -> false,
                        change -> Optional.empty(),
                        settings.eventBuffer(),
                        OverflowStrategy.dropHead())
                .mapMaterializedValue(subscriber -> {
                    board.tell(new StateBoard.Subscribe(subscriber));
                    return subscriber;
                })
                .filter(change -> kind.isEmpty() || change.kind().equals(kind))
                .map(StateEvents::event)
                .keepAlive(settings.heartbeat(), ServerSentEvent::heartbeat);
    }

    private static ServerSentEvent event(StateChange change) {
        return ServerSentEvent.create(
                Json.write(Json.object()
                        .put("kind", change.kind())
                        .put("id", change.id())
                        .put("what", change.what())
                        .put("at", change.at().toString())
                        .put("node", change.node())),
                change.what());
    }
}
