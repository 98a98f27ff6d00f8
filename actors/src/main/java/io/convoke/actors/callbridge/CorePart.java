package io.convoke.actors.callbridge;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import io.convoke.actors.c2w.C2wDialer;
import io.convoke.actors.c2w.JwtIssuer;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.callleg.CallLegSettings;
import io.convoke.actors.callleg.ToEntry;
import io.convoke.actors.chat.ChatEvent;
import io.convoke.actors.chat.ChatPort;
import io.convoke.actors.chat.ChatRoom;
import io.convoke.actors.chat.ChatRoomCommand;
import io.convoke.actors.chat.ChatSettings;
import io.convoke.actors.chat.ChatStore;
import io.convoke.actors.chat.Person;
import io.convoke.actors.conference.Conference;
import io.convoke.actors.conference.ConferenceCommand;
import io.convoke.actors.conference.ConferenceLeg;
import io.convoke.actors.conference.ConferencePort;
import io.convoke.actors.conference.ConferenceSettings;
import io.convoke.actors.conference.ToInstance;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.xmpp.StanzaRouter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything of this module that a core node runs: the sharded entities and the callbridge. */
public final class CorePart {
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration RESERVATION = Duration.ofSeconds(3);
    private static final Duration STOP_WITHIN = Callbridge.STOP_WITHIN.plusSeconds(1);
    private static final Duration WARM_WITHIN = Duration.ofSeconds(5);

    /** The GUID that nothing ever gets. */
    private static final UUID NOBODYS = new UUID(0, 0);

    /** What the node gives; each is closed by the node, after the actor system. */
    public record Ports(
            NodeContext node,
            SpaceDirectory spaces,
            CredentialStore credentials,
            PasscodeThrottle throttle,
            MediaPort media,
            C2wDialer dialer,
            ChatPorts chat) {}

    /**
     * What the chats are given.
     *
     * @param router the way to XMPP clients; what is routed while there is none is lost
     */
    public record ChatPorts(ChatSettings settings, ChatStore store, StanzaRouter router) {}

    private final ActorRef<Callbridge.Command> callbridge;
    private final CompletionStage<Done> warm;

    private CorePart(ActorRef<Callbridge.Command> callbridge, CompletionStage<Done> warm) {
        this.callbridge = callbridge;
        this.warm = warm;
    }

    /**
     * Starts it all as children of the guardian whose context this is. To be called once per actor system, on the guardian's thread. Throws when the
     * tokens' key cannot be read or made. Ends every call in the actor system's shutdown, in the phase {@code before-service-unbind}.
     */
    public static CorePart start(ActorContext<?> guardian, CoreSettings settings, Ports ports) throws IOException {
        JwtIssuer jwt = JwtIssuer.withKeyIn(settings.jwtKeyFile());
        ActorSystem<?> system = guardian.getSystem();
        ClusterSharding sharding = ClusterSharding.get(system);
        Entities entities = Entities.of(sharding);
        initSharding(system, sharding, entities, settings, ports);
        HostContext host = new HostContext(
                settings, ports.node(), ports.media(), entities, UUID.randomUUID(), new AtomicInteger());
        ActorRef<Callbridge.Command> callbridge = guardian.spawn(
                Callbridge.create(
                        host,
                        new Callbridge.Ports(
                                ports.spaces(), ports.credentials(), ports.throttle(), jwt, ports.dialer())),
                "callbridge");
        // Before the shards are handed over: an entity's region waits ten seconds for messages to entities it has no
        // place for any more.
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
                        "callbridge-says-goodbye",
                        () -> settled(
                                AskPattern.ask(callbridge, Callbridge.Stop::new, STOP_WITHIN, system.scheduler())));
        return new CorePart(callbridge, warmUp(system, entities, ports.spaces()));
    }

    private static void initSharding(
            ActorSystem<?> system, ClusterSharding sharding, Entities entities, CoreSettings settings, Ports ports) {
        // Legs and accounts wait for minutes without a message, and a conference says itself when it may rest.
        ClusterShardingSettings awake = ClusterShardingSettings.create(system).withNoPassivationStrategy();
        NodeContext node = ports.node();
        sharding.init(Entity.of(
                        GuestAccount.KEY,
                        entity -> GuestAccount.create(entity.getEntityId(), node, ports.credentials()))
                .withSettings(awake));
        CallLegSettings leg = new CallLegSettings(
                settings.leg().openWithin(),
                settings.leg().disconnectGrace(),
                settings.leg().mediaSections());
        sharding.init(Entity.of(
                        CallLeg.KEY,
                        entity -> CallLeg.create(UUID.fromString(entity.getEntityId()), leg, node, entities::chat))
                .withSettings(awake));
        ChatPorts chat = ports.chat();
        ChatRoom.Ports room = new ChatRoom.Ports(node, ports.spaces(), chat.store(), chat.router(), chatPort(entities));
        sharding.init(Entity.of(
                        ChatRoom.KEY,
                        entity -> ChatRoom.create(
                                UUID.fromString(entity.getEntityId()), entity.getShard(), chat.settings(), room))
                .withStopMessage(ChatRoomCommand.Rest.INSTANCE)
                .withSettings(awake));
        ConferenceSettings conference =
                new ConferenceSettings(settings.lock().lease(), settings.lock().driftPermille(), SETTLE, RESERVATION);
        ConferencePort port = conferencePort(system, entities);
        sharding.init(Entity.of(
                        Conference.KEY,
                        entity -> Conference.create(
                                UUID.fromString(entity.getEntityId()), entity.getShard(), conference, node, port))
                .withStopMessage(ConferenceCommand.Rest.INSTANCE)
                .withSettings(awake));
    }

    /**
     * Whoever joins first would wait for what is made at the first use: the shards' coordinators, the event journal, the space table's query. So a conference
     * and a call leg that do not exist are asked for; both answer and rest, and nothing is persisted. Done when they have, or after a bound.
     */
    private static CompletionStage<Done> warmUp(ActorSystem<?> system, Entities entities, SpaceDirectory spaces) {
        CompletionStage<?> conference = AskPattern.<ConferenceCommand, ToInstance>ask(
                entities.conference(NOBODYS),
                replyTo -> new ConferenceCommand.RemoveLeg(NOBODYS, "warming up", replyTo),
                WARM_WITHIN,
                system.scheduler());
        CompletionStage<?> leg = AskPattern.<CallLeg.Command, ToEntry>ask(
                        entities.leg(NOBODYS),
                        replyTo -> new CallLeg.Probe(NOBODYS, replyTo),
                        WARM_WITHIN,
                        system.scheduler())
                .thenAccept(asked -> entities.leg(NOBODYS).tell(new CallLeg.NoSuchLeg()));
        // Failures are told to those who join; the callbridge says what state the database is in.
        return settled(conference)
                .thenCombine(settled(leg), (one, other) -> Done.getInstance())
                .thenCombine(settled(spaces.byId(NOBODYS)), (one, other) -> Done.getInstance());
    }

    private static CompletionStage<Done> settled(CompletionStage<?> work) {
        return work.handle((result, failure) -> Done.getInstance());
    }

    private static ConferencePort conferencePort(ActorSystem<?> system, Entities entities) {
        return new ConferencePort() {
            @Override
            public void lost(UUID space, ConferenceLeg leg, String detail) {
                entities.leg(leg.participant()).tell(new CallLeg.End("callbridgeLost", detail));
                Ids ids = Ids.none()
                        .withLoginRequest(leg.loginRequest())
                        .withUser(leg.user())
                        .withParticipant(leg.participant())
                        .withConference(leg.instance())
                        .withSpace(space)
                        .withSession(leg.session());
                LostGuest.remove(entities.guest(leg.user()), leg.name(), ids, system);
            }

            @Override
            public void roster(UUID space, List<ConferenceLeg> legs, boolean locked) {
                List<Person> people = legs.stream()
                        .map(leg -> new Person(leg.participant(), leg.name()))
                        .toList();
                entities.chat(space).tell(new ChatRoomCommand.RosterIs(people, locked));
            }

            @Override
            public void noSuchLeg(UUID participant) {
                entities.leg(participant).tell(new CallLeg.NoSuchLeg());
            }
        };
    }

    private static ChatPort chatPort(Entities entities) {
        return new ChatPort() {
            @Override
            public void tell(UUID participant, ChatEvent event) {
                entities.leg(participant).tell(new CallLeg.Chat(event));
            }

            @Override
            public void askForRoster(UUID space) {
                entities.conference(space).tell(new ConferenceCommand.TellRoster());
            }
        };
    }

    /** The callbridge of this node. */
    public ActorRef<Callbridge.Command> callbridge() {
        return callbridge;
    }

    /** Done, within seconds and never with a failure, when a join need not wait for what is made at the first use. */
    public CompletionStage<Done> warm() {
        return warm;
    }
}
