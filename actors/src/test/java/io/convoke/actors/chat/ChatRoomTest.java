package io.convoke.actors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatRoomTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create("room", ManualTime.config().withFallback(ConfigFactory.load()));
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final String X = "<x xmlns='http://jabber.org/protocol/muc'/>";
    private static final String BOB = "bob@example.org/phone";
    private static final String EVE = "eve@example.org/pad";

    private final ChatWorld world = new ChatWorld(KIT, 10);
    private final UUID ana = UUID.randomUUID();
    private final UUID ada = UUID.randomUUID();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** With Ana and Ada in the meeting. */
    private ActorRef<ChatRoomCommand> room() {
        ActorRef<ChatRoomCommand> room = world.room();
        world.rosterQuestions.expectMessage(world.space.id());
        room.tell(new ChatRoomCommand.RosterIs(List.of(new Person(ana, "Ana"), new Person(ada, "Ada")), false));
        assertThat(toLegs(2)).containsOnly(new ChatEvent.PeopleAre(List.of()));
        return room;
    }

    private void bobEnters(ActorRef<ChatRoomCommand> room) {
        world.xmpp(room, "<presence from='" + BOB + "' to='team@rooms.example.org/Bob'>" + X + "</presence>");
        Element last = world.routed.receiveMessage();
        while (last.child("subject", Namespaces.CLIENT).isEmpty()) {
            last = world.routed.receiveMessage();
        }
        world.legs.expectMessage(new ChatWorld.ToLeg(anybody(), new ChatEvent.PeopleAre(List.of("Bob"))));
        world.legs.receiveMessage();
    }

    /** Whom the room tells first of its two participants depends on their GUIDs only. */
    private UUID anybody() {
        return Set.copyOf(List.of(ana, ada)).iterator().next();
    }

    private List<ChatEvent> toLegs(int count) {
        return world.legs.receiveSeveralMessages(count).stream()
                .map(ChatWorld.ToLeg::event)
                .toList();
    }

    @Test
    void shouldTellEverybodyWhatAParticipantSays() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);

        // when
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 7, " hello\u0000 "));

        // then
        List<ChatWorld.ToLeg> told = world.legs.receiveSeveralMessages(2);
        assertThat(told)
                .allSatisfy(one -> assertThat(one.event()).isInstanceOfSatisfying(ChatEvent.Said.class, said -> {
                    assertThat(said.message().body()).isEqualTo("hello");
                    assertThat(said.message().name()).isEqualTo("Ana");
                    assertThat(said.message().participant()).isEqualTo(ana);
                    assertThat(said.inReplyTo()).isEqualTo(one.participant().equals(ana) ? Long.valueOf(7) : null);
                }));
        Element message = world.routed.receiveMessage();
        assertThat(message.attributes())
                .containsEntry("type", "groupchat")
                .containsEntry("from", "team@rooms.example.org/Ana")
                .containsEntry("to", BOB);
        assertThat(message.child("body", Namespaces.CLIENT).orElseThrow().text())
                .isEqualTo("hello");
        assertThat(world.stored).hasSize(1);
    }

    @Test
    void shouldReflectWhatAnXmppClientSaysWithItsId() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);

        // when
        world.xmpp(
                room,
                "<message type='groupchat' id='m1' from='" + BOB
                        + "' to='team@rooms.example.org'><body>hi</body>"
                        + "<stanza-id xmlns='urn:xmpp:sid:0' by='team@rooms.example.org' id='forged'/>"
                        + "<origin-id xmlns='urn:xmpp:sid:0' id='m1'/></message>");

        // then
        Element reflected = world.routed.receiveMessage();
        assertThat(reflected.attributes())
                .containsEntry("id", "m1")
                .containsEntry("from", "team@rooms.example.org/Bob")
                .containsEntry("to", BOB);
        assertThat(reflected
                        .child("stanza-id", MucStanzas.STANZA_ID)
                        .orElseThrow()
                        .attribute("id"))
                .isEqualTo(world.stored.get(0).id().toString());
        assertThat(toLegs(2))
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                ChatEvent.Said.class,
                                said -> assertThat(said.message().kind()).isEqualTo(ChatMessage.Kind.XMPP)));
    }

    @Test
    void shouldShowWhoIsInThenWhatWasSaidThenTheSubject() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 1, "one"));
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 2, "two"));
        world.routed.receiveSeveralMessages(2);

        // when
        world.xmpp(
                room,
                "<presence from='" + EVE + "' to='4711@rooms.example.org/Eve'>"
                        + "<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='1'/></x></presence>");

        // then
        List<Element> all = world.routed.receiveSeveralMessages(7);
        assertThat(all)
                .extracting(one -> one.name() + " " + one.attribute("from") + " to " + one.attribute("to"))
                .containsExactly(
                        "presence 4711@rooms.example.org/Ana to " + EVE,
                        "presence 4711@rooms.example.org/Ada to " + EVE,
                        "presence 4711@rooms.example.org/Bob to " + EVE,
                        "presence team@rooms.example.org/Eve to " + BOB,
                        "presence 4711@rooms.example.org/Eve to " + EVE,
                        "message 4711@rooms.example.org/Ana to " + EVE,
                        "message 4711@rooms.example.org to " + EVE);
        assertThat(codes(all.get(4))).containsExactly("110");
        assertThat(all.get(5).child("delay", Namespaces.DELAY)).isPresent();
        assertThat(all.get(5).child("body", Namespaces.CLIENT).orElseThrow().text())
                .isEqualTo("two");
        assertThat(all.get(6).child("subject", Namespaces.CLIENT).orElseThrow().text())
                .isEqualTo("Team");
    }

    @Test
    void shouldChangeANickForEverybody() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);

        // when
        world.xmpp(room, "<presence from='" + BOB + "' to='team@rooms.example.org/Rob'/>");

        // then
        Element old = world.routed.receiveMessage();
        assertThat(old.attributes()).containsEntry("type", "unavailable");
        assertThat(codes(old)).containsExactly("303", "110");
        Element renamed = world.routed.receiveMessage();
        assertThat(renamed.attribute("from")).isEqualTo("team@rooms.example.org/Rob");
        assertThat(toLegs(2)).containsOnly(new ChatEvent.PeopleAre(List.of("Rob")));
    }

    @Test
    void shouldForgetTheClientsOfANodeThatIsGone() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);

        // when
        world.gate.stop();

        // then
        assertThat(toLegs(2)).containsOnly(new ChatEvent.PeopleAre(List.of()));
        world.routed.expectNoMessage();
    }

    @Test
    void shouldSayNothingBeforeItIsStored() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);
        CompletableFuture<Done> slow = new CompletableFuture<>();
        world.slow = slow;

        // when
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 1, "one"));
        room.tell(new ChatRoomCommand.Say(ada, "Ada", 2, "two"));
        world.legs.expectNoMessage();
        slow.complete(Done.getInstance());

        // then
        assertThat(toLegs(4))
                .extracting(event -> ((ChatEvent.Said) event).message().body())
                .containsExactly("one", "one", "two", "two");
    }

    @Test
    void shouldTellTheSenderAloneThatTheDatabaseIsAway() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);
        world.databaseAway = true;

        // when
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 9, "one"));
        world.xmpp(
                room,
                "<message type='groupchat' id='m1' from='" + BOB
                        + "' to='team@rooms.example.org'><body>hi</body></message>");

        // then
        world.legs.expectMessage(
                new ChatWorld.ToLeg(ana, new ChatEvent.Refused("chatUnavailable", RoomWords.UNAVAILABLE, 9)));
        Element error = world.routed.receiveMessage();
        assertThat(error.attributes()).containsEntry("type", "error").containsEntry("id", "m1");
        assertThat(error.child("error", Namespaces.CLIENT).orElseThrow().attribute("type"))
                .isEqualTo("wait");
        assertThat(world.state().json()).contains("\"state\":\"databaseUnavailable\"", "database away");

        // when
        world.databaseAway = false;
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 10, "two"));

        // then
        assertThat(toLegs(2)).allMatch(ChatEvent.Said.class::isInstance);
    }

    @Test
    void shouldRefuseWhatIsTooMuch() {
        // given
        ActorRef<ChatRoomCommand> room = room();

        // when
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 1, "x".repeat(101)));
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 2, " \u0001 "));
        for (int i = 3; i <= 9; i++) {
            room.tell(new ChatRoomCommand.Say(ana, "Ana", i, "x"));
        }

        // then
        assertThat(world.legs.receiveSeveralMessages(15))
                .extracting(ChatWorld.ToLeg::event)
                .filteredOn(ChatEvent.Refused.class::isInstance)
                .extracting(event -> ((ChatEvent.Refused) event).code())
                .containsExactlyInAnyOrder("chatTooLong", "badMessage", "tooManyMessages");
    }

    @Test
    void shouldTellAParticipantWhatWasSaidBeforeAndWhoElseIsIn() {
        // given
        ActorRef<ChatRoomCommand> first = room();
        first.tell(new ChatRoomCommand.Say(ana, "Ana", 1, "kept"));
        toLegs(2);
        KIT.stop(first);
        ActorRef<ChatRoomCommand> room = room();

        // when
        room.tell(new ChatRoomCommand.Enter(ada));

        // then
        assertThat(toLegs(2))
                .satisfiesExactly(
                        event -> assertThat(event).isEqualTo(new ChatEvent.HistoryIs(true, 10, 100, world.stored)),
                        event -> assertThat(event).isEqualTo(new ChatEvent.PeopleAre(List.of())));
    }

    @Test
    void shouldKeepNothingWhereNothingIsToBeKept() {
        // given
        ChatWorld other = new ChatWorld(KIT, 0);
        ActorRef<ChatRoomCommand> room = other.room();
        room.tell(new ChatRoomCommand.RosterIs(List.of(), false));
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 1, "gone"));

        // when
        room.tell(new ChatRoomCommand.Enter(ada));

        // then
        other.legs.receiveMessage();
        assertThat(other.legs.receiveMessage().event()).isEqualTo(new ChatEvent.HistoryIs(true, 0, 100, List.of()));
        assertThat(other.stored).isEmpty();
    }

    @Test
    void shouldAnswerThoseWhoCameInWhenTheDatabaseIsBack() {
        // given
        world.databaseAway = true;
        ActorRef<ChatRoomCommand> room = room();
        room.tell(new ChatRoomCommand.Enter(ana));
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 4, "lost"));
        world.legs.expectMessage(
                new ChatWorld.ToLeg(ana, new ChatEvent.Refused("chatUnavailable", RoomWords.UNAVAILABLE, 4)));

        // when
        world.databaseAway = false;
        TIME.timePasses(ChatRoom.RETRY);

        // then
        assertThat(world.legs.receiveMessage().event()).isEqualTo(new ChatEvent.HistoryIs(true, 10, 100, List.of()));
    }

    @Test
    void shouldLetNobodyInBeforeItKnowsWhetherTheMeetingIsLocked() {
        // given
        ActorRef<ChatRoomCommand> room = world.room();
        world.rosterQuestions.receiveMessage();
        room.tell(new ChatRoomCommand.FromXmpp(
                world.space,
                "<presence xmlns='jabber:client' from='" + BOB + "' to='team@rooms.example.org/Bob'>" + X
                        + "</presence>",
                true,
                world.gate.getRef(),
                world.taken.getRef()));
        world.routed.expectNoMessage();
        TIME.timePasses(ChatRoom.RETRY);
        world.rosterQuestions.receiveMessage();

        // when
        room.tell(new ChatRoomCommand.RosterIs(List.of(), true));

        // then
        assertThat(world.routed
                        .receiveMessage()
                        .child("error", Namespaces.CLIENT)
                        .orElseThrow()
                        .child("forbidden", Namespaces.STANZA_ERRORS))
                .isPresent();
    }

    @Test
    void shouldTellWhatIsBeingStoredBeforeItStopsAndSendXmppClientsAway() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);
        CompletableFuture<Done> slow = new CompletableFuture<>();
        world.slow = slow;
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 1, "one"));

        // when
        room.tell(ChatRoomCommand.Rest.INSTANCE);
        slow.complete(Done.getInstance());

        // then
        assertThat(toLegs(2)).allMatch(ChatEvent.Said.class::isInstance);
        world.legs.expectTerminated(room);
        assertThat(world.routed.receiveMessage().name()).isEqualTo("message");
        assertThat(codes(world.routed.receiveMessage())).containsExactly("110", "332");
    }

    @Test
    void shouldRestWhenNobodyIsIn() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        world.state();

        // when
        room.tell(new ChatRoomCommand.RosterIs(List.of(), false));
        assertThat(world.state().json()).contains("\"occupants\":[]");
        TIME.timePasses(ChatRoom.IDLE.plus(Duration.ofMillis(1)));

        // then
        world.shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void shouldNeverShowWhatWasSaid() {
        // given
        ActorRef<ChatRoomCommand> room = room();
        bobEnters(room);
        room.tell(new ChatRoomCommand.Say(ana, "Ana", 1, "top secret"));
        toLegs(2);

        // then
        assertThat(world.state().json())
                .contains("\"kind\":\"chat-rooms\"", "\"name\":\"Bob\"", "\"messages\":1", "\"stored\":1")
                .doesNotContain("top secret");
        assertThat(new ChatRoomCommand.Say(ana, "Ana", 1, "top secret").toString())
                .doesNotContain("secret");
    }

    private static List<String> codes(Element presence) {
        return presence.child("x", Namespaces.MUC_USER)
                .orElseThrow()
                .children()
                .filter(child -> child.name().equals("status"))
                .map(child -> String.valueOf(child.attribute("code")))
                .toList();
    }
}
