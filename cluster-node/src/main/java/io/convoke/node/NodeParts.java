package io.convoke.node;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.MemberState;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relay.Relay;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.trace.DroppedLines;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.TraceCollector;
import io.convoke.actors.webbridge.EdgePart;
import io.convoke.actors.webbridge.EdgeStateSource;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.http.c2w.C2wListener;
import io.convoke.http.c2w.C2wTls;
import io.convoke.node.settings.NodeSettings;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/** What core and edge have in common: journal, state board, trace, relay, web bridge. */
record NodeParts(
        ActorSystem<Guardian.Command> system,
        NodeSettings settings,
        Journal journal,
        ActorRef<StateBoard.Command> board,
        NodeContext context,
        LongSupplier droppedLines,
        RelayStart relay) {

    static NodeParts start(ActorSystem<Guardian.Command> system, NodeSettings settings) throws StartFailure {
        NodeLog log = NodeLog.start(system, settings);
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
                        "write-logs",
                        () -> log.streams().stop().handle((done, failure) -> akka.Done.getInstance()));
        ActorRef<StateBoard.Command> board = Guardian.run(system, guardian -> {
            guardian.spawn(TraceCollector.create(log.store()), "trace");
            guardian.spawn(DroppedLines.create(log.streams()::dropped, log.journal()), "dropped-lines");
            return guardian.spawn(StateBoard.create(settings.name(), InstantSource.system()), "state-board");
        });
        NodeContext context = NodeContext.of(settings.name(), log.journal(), Board.of(board));
        return new NodeParts(
                system,
                settings,
                log.journal(),
                board,
                context,
                log.streams()::dropped,
                RelayStart.start(system, settings, context));
    }

    /** Once the node is a member of its cluster. */
    void spawnMemberState() {
        String id =
                Long.toString(Cluster.get(system).selfMember().uniqueAddress().longUid());
        Guardian.run(system, guardian -> guardian.spawn(MemberState.create(id, context, droppedLines), "member-state"));
    }

    /** {@code forwardTrace}: to the core, for a web bridge in a process of its own. */
    ActorRef<Webbridge.Command> spawnWebbridge(boolean forwardTrace) throws StartFailure {
        var edge = ActorSettings.edge(settings, Identity.of(settings.data(), "webbridge"), forwardTrace);
        return Guardian.run(system, guardian -> {
            ActorRef<Webbridge.Command> webbridge =
                    EdgePart.start(guardian, edge, context, relay.access()).webbridge();
            if (forwardTrace) {
                guardian.spawn(
                        EdgeStateSource.create(Relay.KIND, settings.c2w().stateInterval(), board, webbridge),
                        "relay-to-core");
            }
            return webbridge;
        });
    }

    C2wListener.Bound listenForC2w(C2wTls files, ActorRef<Webbridge.Command> webbridge) throws StartFailure {
        NodeSettings.C2w c2w = settings.c2w();
        C2wListener.Bound bound;
        try {
            bound = C2wListener.start(
                            system, c2w.listenHost(), c2w.listenPort(), files, ActorSettings.c2w(c2w), webbridge)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failure) {
            throw StartFailure.of(
                    "The C2W port " + c2w.listenPort() + " of " + c2w.listenHost()
                            + " cannot be opened (see convoke.c2w.listen)",
                    failure);
        }
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceStop(),
                        "close-c2w",
                        () -> bound.stop().handle((done, failure) -> akka.Done.getInstance()));
        return bound;
    }
}
