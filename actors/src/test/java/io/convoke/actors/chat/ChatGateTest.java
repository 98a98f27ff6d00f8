package io.convoke.actors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.javadsl.Behaviors;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.space.Space;
import io.convoke.actors.xmpp.RoomService;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatGateTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final String IN = "<presence xmlns='jabber:client' from='bob@example.org/a' to='%s'>"
            + "<x xmlns='http://jabber.org/protocol/muc'>%s</x></presence>";

    private final ChatWorld world = new ChatWorld(KIT, 10);
    private final TestProbe<ChatRoomCommand> room = KIT.createTestProbe();
    private final RoomService service = service();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private RoomService service() {
        TestProbe<RoomService> started = KIT.createTestProbe();
        KIT.spawn(Behaviors.setup(context -> {
            started.getRef()
                    .tell(ChatRooms.start(
                            context,
                            "rooms.example.org",
                            PasscodeThrottle.Settings.standard(),
                            new ChatGate.Ports(
                                    world.node, world, world.routed.getRef()::tell, space -> room.getRef())));
            return Behaviors.empty();
        }));
        return started.receiveMessage();
    }

    private void withPasscode() {
        Space was = world.space;
        world.space = new Space(was.id(), "Team", "team", "4711", null, true, 25, false, true, 10);
    }

    private CompletionStage<Done> send(String stanza) {
        return service.handle(StreamParser.parse(stanza));
    }

    private ChatRoomCommand.FromXmpp handedOn() {
        ChatRoomCommand.FromXmpp message = room.expectMessageClass(ChatRoomCommand.FromXmpp.class);
        message.replyTo().tell(new ChatRoomCommand.Taken(message.space().id()));
        return message;
    }

    @ParameterizedTest
    @CsvSource({"team@rooms.example.org/Bob", "4711@rooms.example.org/Bob"})
    void shouldFindARoomByNameAndByCallId(String address) {
        // when
        CompletionStage<Done> taken = send(IN.formatted(address, ""));

        // then
        assertThat(handedOn().passcodeHolds()).isTrue();
        assertThat(taken.toCompletableFuture().join()).isEqualTo(Done.getInstance());
    }

    @Test
    void shouldSayThatThereIsNoSuchRoom() {
        // when
        send(IN.formatted("nowhere@rooms.example.org/Bob", ""))
                .toCompletableFuture()
                .join();

        // then
        assertThat(condition(world.routed.receiveMessage())).isEqualTo("item-not-found");
    }

    @Test
    void shouldSayThatTheDatabaseIsAway() {
        // given
        world.databaseAway = true;

        // when
        send(IN.formatted("team@rooms.example.org/Bob", ""))
                .toCompletableFuture()
                .join();

        // then
        assertThat(condition(world.routed.receiveMessage())).isEqualTo("recipient-unavailable");
    }

    @Test
    void shouldCheckThePasscodeAndKeepItToItself() {
        // given
        withPasscode();

        // when
        send(IN.formatted("team@rooms.example.org/Bob", "<password>open sesame</password>"));
        send(IN.formatted("team@rooms.example.org/Bob", ""));
        send(IN.formatted("team@rooms.example.org/Bob", "<password>guess</password>"));

        // then
        ChatRoomCommand.FromXmpp right = handedOn();
        assertThat(right.passcodeHolds()).isTrue();
        assertThat(right.stanza()).doesNotContain("sesame").contains("protocol/muc");
        assertThat(handedOn().passcodeHolds()).isFalse();
        assertThat(handedOn().passcodeHolds()).isFalse();
    }

    @Test
    void shouldSlowDownWhoGuesses() {
        // given
        withPasscode();
        String guess = IN.formatted("team@rooms.example.org/Bob", "<password>guess</password>");

        // when: as many as end the patience, each answered before the next
        List<CompletionStage<Done>> all =
                IntStream.range(0, 3).mapToObj(i -> send(guess)).toList();
        all.forEach(one -> assertThat(handedOn().passcodeHolds()).isFalse());
        send("<message xmlns='jabber:client' type='groupchat' from='bob@example.org/a' to='team@rooms.example.org'/>");

        // then
        assertThat(handedOn().stanza()).startsWith("<message");
    }

    @Test
    void shouldHandOnInTheOrderOfTheClient() {
        // given
        withPasscode();

        // when
        send(IN.formatted("team@rooms.example.org/Bob", "<password>open sesame</password>"));
        send("<message xmlns='jabber:client' type='groupchat' from='bob@example.org/a' to='team@rooms.example.org'/>");
        send(
                "<presence xmlns='jabber:client' type='unavailable' from='bob@example.org/a' to='team@rooms.example.org'/>");

        // then
        assertThat(handedOn().stanza()).contains("protocol/muc");
        assertThat(handedOn().stanza()).startsWith("<message");
        assertThat(handedOn().stanza()).contains("unavailable");
    }

    @Test
    void shouldSayWhatTheServiceIsAndListNoRooms() {
        // given
        String query = "<iq xmlns='jabber:client' type='get' id='1' from='bob@example.org/a' to='rooms.example.org'>"
                + "<query xmlns='http://jabber.org/protocol/disco#%s'/></iq>";

        // when
        send(query.formatted("info"));
        send(query.formatted("items"));
        send(query.formatted("owner"));

        // then
        assertThat(world.routed
                        .receiveMessage()
                        .child("query", Namespaces.DISCO_INFO)
                        .orElseThrow()
                        .children()
                        .map(child -> child.attribute("var")))
                .contains(Namespaces.MUC);
        assertThat(world.routed
                        .receiveMessage()
                        .child("query", Namespaces.DISCO_ITEMS)
                        .orElseThrow()
                        .children())
                .isEmpty();
        assertThat(condition(world.routed.receiveMessage())).isEqualTo("service-unavailable");
    }

    private static String condition(Element stanza) {
        return stanza.child("error", Namespaces.CLIENT)
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow()
                .name();
    }
}
