package io.convoke.actors.xmpp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.Receptionist;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.actors.xmpp.RoomService;
import io.convoke.media.xmpp.ServerPort;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {
    private final TestXmppNode node = new TestXmppNode(null, new FakeSecrets());
    private final ServerPort port = node.port();
    private final BlockingQueue<Element> rooms = new LinkedBlockingQueue<>();
    private volatile CompletionStage<Done> roomTakes = CompletableFuture.completedFuture(Done.getInstance());
    private final FakeClient alice = new FakeClient("alice").bind(node, "laptop");
    private final FakeClient bob = new FakeClient("bob").bind(node, "phone");

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldBringAStanzaToAClient() throws Exception {
        // when
        say(alice, "<message to='bob@example.org/phone'><body>Hi</body></message>");

        // then
        Element message = bob.receive();
        assertThat(message.attribute("from")).isEqualTo("alice@example.org/laptop");
        assertThat(message.child("body", Namespaces.CLIENT).map(Element::text)).contains("Hi");
    }

    @Test
    void shouldBringAMessageForAnAccountToTheClientOfHighestPriority() throws Exception {
        // given
        FakeClient desk = new FakeClient("bob").bind(node, "desk");
        say(bob, "<presence><priority>1</priority></presence>");
        say(desk, "<presence><priority>5</priority></presence>");

        // when
        say(alice, "<message to='bob@example.org' type='chat'><body>1</body></message>");

        // then
        assertThat(desk.receive().name()).isEqualTo("message");

        // when
        say(desk, "<presence type='unavailable'/>");
        say(alice, "<message to='bob@example.org/gone' type='chat'><body>2</body></message>");

        // then
        assertThat(bob.receive().attribute("to")).isEqualTo("bob@example.org/gone");
        assertThat(desk.inbox).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<message to='nobody@example.org' id='1'><body>x</body></message> | service-unavailable",
                "<message to='bob@example.org' id='1' type='groupchat'/> | service-unavailable",
                "<message to='far.example.net' id='1'/> | remote-server-not-found",
                "<message to='example.org' id='1'/> | service-unavailable",
                "<message to='@' id='1'/> | jid-malformed",
                "<iq to='bob@example.org/gone' type='get' id='1'><q xmlns='x'/></iq> | service-unavailable",
                "<iq to='bob@example.org' type='get' id='1'><query xmlns='jabber:iq:roster'/></iq> | service-unavailable",
                "<iq to='example.org' type='set' id='1'><q xmlns='x'/></iq> | service-unavailable",
                "<iq type='get' id='1'><q xmlns='x'/></iq> | service-unavailable",
                "<iq to='bob@example.org/phone' type='get' id='1'/> | bad-request",
                "<iq to='room@rooms.example.org' type='get' id='1'><q xmlns='x'/></iq> | service-unavailable",
                "<presence to='bob@example.org' type='subscribe' id='1'/> | feature-not-implemented",
            })
    void shouldAnswerWhatCannotBeDelivered(String stanza, String condition) throws Exception {
        // when
        say(alice, stanza);

        // then
        Element error = alice.receive();
        assertThat(error.attribute("type")).isEqualTo("error");
        assertThat(error.attribute("id")).isEqualTo("1");
        assertThat(error.child("error", Namespaces.CLIENT)
                        .flatMap(reason -> reason.child(condition, Namespaces.STANZA_ERRORS)))
                .isPresent();
        assertThat(bob.inbox).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<iq to='example.org' type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq> |",
                "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq> | query",
                "<iq to='alice@example.org' type='get' id='1'><query xmlns='jabber:iq:roster'/></iq> | query",
                "<iq type='set' id='1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq> |",
                "<iq to='example.org' type='get' id='1'><query xmlns='http://jabber.org/protocol/disco#info'/></iq> | query",
                "<iq type='get' id='1'><query xmlns='http://jabber.org/protocol/disco#info'/></iq> | query",
            })
    void shouldAnswerForTheDomainAndForAccounts(String stanza, String payload) throws Exception {
        // when
        say(alice, stanza);

        // then
        Element result = alice.receive();
        assertThat(result.attribute("type")).isEqualTo("result");
        assertThat(result.children().map(Element::name).findFirst().orElse(null))
                .isEqualTo(payload);
    }

    @Test
    void shouldNameTheRooms() throws Exception {
        // when
        say(
                alice,
                "<iq to='example.org' type='get' id='1'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>");

        // then
        assertThat(alice.receive().child("query", Namespaces.DISCO_ITEMS).stream()
                        .flatMap(Element::children)
                        .map(item -> String.valueOf(item.attribute("jid"))))
                .containsExactly("rooms.example.org");
    }

    @Test
    void shouldTakeTheNextStanzaWhenTheRoomHasTakenThisOne() throws Exception {
        // given
        connectRooms();
        CompletableFuture<Done> taking = new CompletableFuture<>();
        roomTakes = taking;
        CountDownLatch done = new CountDownLatch(1);

        // when
        port.fromClient(
                alice,
                stanza(alice, "<message to='team@rooms.example.org' type='groupchat'><body>x</body></message>"),
                done::countDown);

        // then
        assertThat(rooms.take().attribute("to")).isEqualTo("team@rooms.example.org");
        assertThat(done.getCount()).isOne();
        taking.complete(Done.getInstance());
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldSayGoodbyeToWhomeverKnewOfAClient() throws Exception {
        // given
        connectRooms();
        say(alice, "<presence to='team@rooms.example.org/Alice'/>");
        say(alice, "<presence to='team@rooms.example.org/Ali'/>");
        say(alice, "<presence to='bob@example.org/phone'/>");
        rooms.take();
        rooms.take();
        bob.receive();

        // when
        port.clientGone(alice, "it left", List.of());

        // then
        Element words = rooms.take();
        assertThat(words.attribute("type")).isEqualTo("unavailable");
        assertThat(words.attribute("to")).isEqualTo("team@rooms.example.org/Ali");
        assertThat(bob.receive().attribute("type")).isEqualTo("unavailable");
        assertThat(rooms).isEmpty();
    }

    @Test
    void shouldBoundWhomAClientTellsOfItself() throws Exception {
        // given
        connectRooms();
        for (int i = 0; i < 3; i++) {
            say(alice, "<presence to='room" + i + "@rooms.example.org/a'/>");
        }

        // when
        say(alice, "<presence to='room9@rooms.example.org/a'/>");

        // then
        assertThat(alice.receive().attribute("type")).isEqualTo("error");
        assertThat(rooms).hasSize(3);
    }

    @Test
    void shouldSendWhatWasNotReceivedAnotherWay() throws Exception {
        // given
        FakeClient desk = new FakeClient("bob").bind(node, "desk");
        say(desk, "<presence/>");
        Element lost = StreamParser.parse("<message xmlns='jabber:client' from='alice@example.org/laptop'"
                + " to='bob@example.org/phone'><body>x</body></message>");
        Element asked = StreamParser.parse("<iq xmlns='jabber:client' from='alice@example.org/laptop' type='get' id='1'"
                + " to='bob@example.org/phone'><q xmlns='x'/></iq>");

        // when
        port.clientGone(bob, "it was lost", List.of(lost, asked));

        // then
        assertThat(desk.receive().name()).isEqualTo("message");
        assertThat(alice.receive().attribute("type")).isEqualTo("error");
    }

    @Test
    void shouldAnswerForAClientThatIsGoneWithoutItsEntityKnowing() throws Exception {
        // given: as when its goodbye and the word that it is there have crossed
        TestProbe<Receptionist.Listing> posts = node.kit.createTestProbe();
        node.kit.system().receptionist().tell(Receptionist.subscribe(StanzaPost.KEY, posts.getRef()));
        Set<ActorRef<StanzaPost.Command>> found = Set.of();
        while (found.isEmpty()) {
            found = posts.receiveMessage().getServiceInstances(StanzaPost.KEY);
        }
        ClusterSharding.get(node.kit.system())
                .entityRefFor(XmppUser.KEY, "bob@example.org")
                .tell(new XmppUser.Assert("gone", -1, found.iterator().next(), true, 0));

        // when
        say(alice, "<message to='bob@example.org/gone' id='1' type='chat'><body>x</body></message>");

        // then
        assertThat(alice.receive().attribute("type")).isEqualTo("error");

        // when
        say(bob, "<presence/>");
        say(alice, "<message to='bob@example.org' id='2' type='chat'><body>x</body></message>");

        // then
        assertThat(bob.receive().attribute("id")).isEqualTo("2");
    }

    @Test
    void shouldGiveAResourceToWhoeverComesLast() throws Exception {
        // when
        FakeClient again = new FakeClient("alice").bind(node, "laptop");

        // then
        assertThat(again.address()).isEqualTo(alice.address());
        assertThat(alice.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(StreamCondition.CONFLICT);

        // when
        port.clientGone(alice, "conflict", List.of());
        say(bob, "<message to='alice@example.org/laptop'><body>x</body></message>");

        // then
        assertThat(again.receive().name()).isEqualTo("message");
    }

    @Test
    void shouldMakeResourcesUpAndBoundThem() {
        // given
        FakeClient second = new FakeClient("alice").bind(node, null);
        FakeClient third = new FakeClient("alice").bind(node, "");

        // then
        assertThat(second.address().resource())
                .matches("[0-9a-f]{24}")
                .isNotEqualTo(third.address().resource());
        assertThatThrownBy(() -> new FakeClient("alice").bind(node, "fourth"))
                .hasMessageContaining("Expected room for another client of alice@example.org");
        assertThatThrownBy(() -> new FakeClient("carol").bind(node, "\u0000")).hasMessageContaining("RFC 7622");
    }

    @Test
    void shouldRouteForComponents() throws Exception {
        // given
        FakeComponent component = new FakeComponent("other.example.org", node, false).up();

        // when
        component.say(StreamParser.parse("<message xmlns='jabber:client' from='bot@other.example.org'"
                + " to='alice@example.org/laptop'><body>x</body></message>"));

        // then
        assertThat(alice.receive().attribute("from")).isEqualTo("bot@other.example.org");

        // when
        say(alice, "<message to='bot@other.example.org'><body>y</body></message>");

        // then
        assertThat(component.receive().attribute("from")).isEqualTo("alice@example.org/laptop");
    }

    private void connectRooms() {
        node.part.rooms(new RoomService() {
            @Override
            public String domain() {
                return "rooms.example.org";
            }

            @Override
            public CompletionStage<Done> handle(Element stanza) {
                rooms.add(stanza);
                return roomTakes;
            }
        });
    }

    private void say(FakeClient client, String stanza) {
        CompletableFuture<Done> taken = new CompletableFuture<>();
        port.fromClient(client, stanza(client, stanza), () -> taken.complete(Done.getInstance()));
        taken.join();
    }

    private static Element stanza(FakeClient client, String text) {
        return StreamParser.parse(text.replaceFirst("^<(\\w+)", "<$1 xmlns='jabber:client'"))
                .with("from", client.address().toString());
    }
}
