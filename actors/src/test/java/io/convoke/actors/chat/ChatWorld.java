package io.convoke.actors.chat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.NewSpace;
import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.state.GetState;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceStore;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A room with everything around it in memory. */
final class ChatWorld implements ChatStore, SpaceDirectory, ChatPort, Board {
    record ToLeg(UUID participant, ChatEvent event) {}

    final ActorTestKit kit;
    final TestProbe<ToLeg> legs;
    final TestProbe<UUID> rosterQuestions;
    final TestProbe<Element> routed;
    final TestProbe<ClusterSharding.ShardCommand> shard;
    final TestProbe<ChatRoomCommand.Taken> taken;
    final TestProbe<ChatGate.Command> gate;
    final AtomicReference<ActorRef<GetState>> board = new AtomicReference<>();
    final AtomicLong nanos = new AtomicLong();
    final List<ChatMessage> stored = new ArrayList<>();
    final NodeContext node;
    Space space;
    volatile boolean databaseAway;
    /** Stands still until completed, where set. */
    volatile @Nullable CompletableFuture<Done> slow;

    ChatWorld(ActorTestKit kit, int history) {
        this.kit = kit;
        this.space = new Space(UUID.randomUUID(), "Team", "team", "4711", null, false, 25, false, true, history);
        legs = kit.createTestProbe();
        rosterQuestions = kit.createTestProbe();
        routed = kit.createTestProbe();
        shard = kit.createTestProbe();
        taken = kit.createTestProbe();
        gate = kit.createTestProbe();
        node = new NodeContext(
                "n",
                NodeJournal.of(
                        "n", Origin.CORE, "host:server", InstantSource.system(), new TraceStore(10), event -> {}),
                this,
                InstantSource.system(),
                nanos::get);
    }

    ActorRef<ChatRoomCommand> room() {
        return kit.spawn(ChatRoom.create(
                space.id(),
                shard.getRef(),
                new ChatSettings(100, 2, 3, 5),
                new ChatRoom.Ports(node, this, this, routed.getRef()::tell, this)));
    }

    /** To the room as the gate does. */
    void xmpp(ActorRef<ChatRoomCommand> room, String stanza) {
        Element element = StreamParser.parse(stanza.replaceFirst("^<(\\w+)", "<$1 xmlns='jabber:client'"));
        room.tell(
                new ChatRoomCommand.FromXmpp(space, XmlOutput.text(element, ""), true, gate.getRef(), taken.getRef()));
        taken.receiveMessage();
    }

    StateSnapshot state() {
        TestProbe<StateSnapshot> probe = kit.createTestProbe();
        board.get().tell(new GetState(probe.getRef()));
        return probe.receiveMessage();
    }

    @Override
    public CompletionStage<Done> append(UUID in, List<ChatMessage> messages, List<UUID> undone, int keep) {
        if (databaseAway) {
            return CompletableFuture.failedFuture(new IllegalStateException("database away"));
        }
        synchronized (stored) {
            stored.removeIf(message -> undone.contains(message.id()));
            stored.addAll(messages);
        }
        CompletableFuture<Done> wait = slow;
        return wait == null ? CompletableFuture.completedFuture(Done.getInstance()) : wait;
    }

    @Override
    public CompletionStage<List<ChatMessage>> last(UUID in, int most) {
        if (databaseAway) {
            return CompletableFuture.failedFuture(new IllegalStateException("database away"));
        }
        synchronized (stored) {
            return CompletableFuture.completedFuture(
                    List.copyOf(stored.subList(Math.max(0, stored.size() - most), stored.size())));
        }
    }

    @Override
    public void tell(UUID participant, ChatEvent event) {
        legs.getRef().tell(new ToLeg(participant, event));
    }

    @Override
    public void askForRoster(UUID in) {
        rosterQuestions.getRef().tell(in);
    }

    @Override
    public void register(String kind, String id, ActorRef<GetState> actor) {
        board.set(actor);
    }

    @Override
    public void changed(String kind, String id) {}

    @Override
    public CompletionStage<Optional<Space>> byId(UUID id) {
        return CompletableFuture.completedFuture(Optional.of(space));
    }

    @Override
    public CompletionStage<Optional<Space>> byCallId(String callId) {
        return CompletableFuture.completedFuture(Optional.of(space).filter(it -> callId.equals(it.callId())));
    }

    @Override
    public CompletionStage<Optional<Space>> byUri(String uri) {
        return databaseAway
                ? CompletableFuture.failedFuture(new IllegalStateException("database away"))
                : CompletableFuture.completedFuture(Optional.of(space).filter(it -> uri.equals(it.uri())));
    }

    @Override
    public CompletionStage<Boolean> passcodeHolds(UUID in, @Nullable String passcode) {
        return CompletableFuture.completedFuture("open sesame".equals(passcode));
    }

    @Override
    public CompletionStage<Optional<Space>> bySecret(String secret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<Space>> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Space> create(NewSpace wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<Space>> createDemoWhenEmpty() {
        throw new UnsupportedOperationException();
    }
}
