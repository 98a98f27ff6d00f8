package io.convoke.actors.xmpp.server;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user's entity that has just been started on one of three nodes; what the others say, the test says. */
class XmppUserTest {
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final ActorTestKit kit = ActorTestKit.create("user", ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final Map<String, TestProbe<StanzaPost.Command>> posts = new ConcurrentHashMap<>(
            Map.of("n1", kit.createTestProbe(), "n2", kit.createTestProbe(), "n3", kit.createTestProbe()));
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    private final TestProbe<Taken> sender = kit.createTestProbe();
    private final BlockingQueue<Element> answers = new LinkedBlockingQueue<>();
    private final ActorRef<XmppUser.Command> bob =
            kit.spawn(XmppUser.create("bob@example.org", shard.getRef(), 3, answers::add, new ThreeNodes()));

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void shouldHoldWhatComesUntilTheNodesHaveSaidWhomTheyHave() {
        // given
        posts.values().forEach(post -> post.expectMessage(new StanzaPost.WhoIsThere("bob@example.org", bob)));

        // when: the client's node is not the first that answers
        bob.tell(deliver("1"));
        bob.tell(deliver("2"));
        bob.tell(new XmppUser.Told("n1"));
        bob.tell(new XmppUser.Told("n3"));

        // then
        sender.expectNoMessage(MOMENT);

        // when
        bob.tell(new XmppUser.Assert("phone", 7, post("n2"), true, 0));
        bob.tell(new XmppUser.Told("n2"));

        // then: both, in order, and nobody is told that there is nobody
        assertThat(delivered("n2").stanza()).contains("id=\"1\"");
        assertThat(delivered("n2").stanza()).contains("id=\"2\"");
        assertThat(answers).isEmpty();
        shard.expectNoMessage(MOMENT);
    }

    @Test
    void shouldLetAClientInMeanwhile() {
        // given
        TestProbe<XmppUser.BindAnswer> answer = kit.createTestProbe();

        // when
        bob.tell(new XmppUser.Bind("desk", 8, post("n1"), answer.getRef()));

        // then
        answer.expectMessage(new XmppUser.BindAnswer(true));
    }

    @Test
    void shouldAnswerWhenTheTimeIsUp() throws Exception {
        // given
        bob.tell(deliver("1"));
        bob.tell(new XmppUser.Told("n1"));
        sender.expectNoMessage(MOMENT);

        // when
        time.timePasses(XmppUser.HOLD);

        // then
        sender.expectMessage(new Taken(false));
        assertThat(condition(answers.poll(20, TimeUnit.SECONDS))).isEqualTo("service-unavailable");
        shard.expectMessageClass(ClusterSharding.Passivate.class);
    }

    @Test
    void shouldAskAgainUntilEachNodeHasAnswered() {
        // given: there is one client, or the entity would not stay
        bob.tell(new XmppUser.Assert("desk", 8, post("n1"), true, -1));
        bob.tell(new XmppUser.Told("n1"));
        bob.tell(new XmppUser.Told("n3"));
        time.timePasses(XmppUser.HOLD);
        for (int i = 0; i < 4; i++) {
            posts("n2").expectMessage(new StanzaPost.WhoIsThere("bob@example.org", bob));
        }

        // when: it comes to itself late
        bob.tell(new XmppUser.Assert("phone", 7, post("n2"), false, 0));
        bob.tell(new XmppUser.Told("n2"));
        bob.tell(deliver("1"));

        // then
        assertThat(delivered("n2").connection()).isEqualTo(7);
        time.expectNoMessageFor(XmppUser.ASK_EVERY.multipliedBy(2), posts("n2"));
    }

    @Test
    void shouldNotHoldForANodeThatDoesNotAnswerAnybody() {
        // given
        bob.tell(new XmppUser.Told("n1"));
        bob.tell(new XmppUser.Told("n2"));
        bob.tell(deliver("1"));
        sender.expectNoMessage(MOMENT);

        // when
        unreachable.add("n3");
        time.timePasses(XmppUser.ASK_EVERY);

        // then
        sender.expectMessage(new Taken(false));
    }

    @Test
    void shouldRefuseWhatIsTooMuchToHold() throws Exception {
        // given
        for (int i = 0; i < XmppUser.MAX_HELD; i++) {
            bob.tell(deliver("held"));
        }

        // when
        bob.tell(deliver("more"));

        // then
        sender.expectMessage(new Taken(false));
        Element answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer.attribute("id")).isEqualTo("more");
        assertThat(condition(answer)).isEqualTo("resource-constraint");
    }

    private XmppUser.Deliver deliver(String id) {
        return new XmppUser.Deliver(
                "<message xmlns='jabber:client' id=\"" + id
                        + "\" from='alice@example.org/laptop' to='bob@example.org/phone'><body>x</body></message>",
                sender.getRef());
    }

    private StanzaPost.ToClient delivered(String node) {
        StanzaPost.Command last = posts(node).receiveMessage();
        while (last instanceof StanzaPost.WhoIsThere) {
            last = posts(node).receiveMessage();
        }
        assertThat(last).isInstanceOf(StanzaPost.ToClient.class);
        return (StanzaPost.ToClient) last;
    }

    private TestProbe<StanzaPost.Command> posts(String node) {
        return Optional.ofNullable(posts.get(node)).orElseThrow();
    }

    private ActorRef<StanzaPost.Command> post(String node) {
        return posts(node).getRef();
    }

    private static String condition(Element answer) {
        return answer.child("error", Namespaces.CLIENT)
                .flatMap(error -> error.children().findFirst())
                .map(Element::name)
                .orElse("");
    }

    private final class ThreeNodes implements UserNodes {
        @Override
        public Set<String> all() {
            return posts.keySet();
        }

        @Override
        public Set<String> reachable() {
            Set<String> uids = new HashSet<>(posts.keySet());
            uids.removeAll(unreachable);
            return uids;
        }

        @Override
        public Optional<ActorRef<StanzaPost.Command>> post(String uid) {
            return Optional.ofNullable(posts.get(uid)).map(TestProbe::getRef);
        }
    }
}
