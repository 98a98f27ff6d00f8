package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.conference.Conference;
import io.convoke.actors.conference.ConferenceCommand;
import io.convoke.actors.space.Space;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.storage.TestDatabases;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.webbridge.JoinOutcome;
import io.convoke.actors.webbridge.SessionOutcome;
import io.convoke.actors.webbridge.ToClient;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.media.sfu.MediaState;
import io.convoke.media.sfu.Slot;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to people in meetings, on one whole node. Each test has a meeting of its own. */
class MeetingTest {
    private static final AtomicInteger NEXT = new AtomicInteger(1000);

    @TempDir
    static Path folder;

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = new TestNode(TestDatabases.memory(), TestNode.settings(folder));
        node.awaitStep("c2wLinkUp");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Space meeting(String passcode, int limit) {
        return node.space(String.valueOf(NEXT.incrementAndGet()), passcode, limit);
    }

    private static String callId(Space space) {
        String callId = space.callId();
        assertThat(callId).isNotNull();
        return callId;
    }

    @Test
    void shouldShowEachTheOther() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));

        // when
        TestNode.Client ben = node.client("Ben", callId(space));

        // then
        node.await(() -> assertThat(ada.expect("roster")).contains("Ada", "Ben"));
        assertThat(ben.joined.call()).isEqualTo(ada.joined.call());
        assertThat(node.events.stream().map(TraceEvent::text))
                .filteredOn(text -> text.endsWith("named \"" + space.name() + "\""))
                .hasSize(1);
    }

    @Test
    void shouldShowWhoHasLeft() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));
        TestNode.Client ben = node.client("Ben", callId(space));
        node.await(() -> assertThat(ada.expect("roster")).contains("Ben"));

        // when
        ben.send("{\"type\":\"leave\"}");

        // then
        node.await(() -> assertThat(ada.expect("roster")).contains("Ada").doesNotContain("Ben"));
    }

    @Test
    void shouldShowTheOthersWhatIsMuted() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));
        ada.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
        ada.expect("answer");

        // when
        ada.send("{\"type\":\"state\",\"audioMuted\":true}");

        // then
        node.await(() -> assertThat(ada.expect("roster")).contains("\"audioMuted\":true"));
        assertThat(node.media.sessions.get(ada.joined.participant()).audioMuted).isTrue();
    }

    @Test
    void shouldHandOnSlotsAndSpeakers() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));
        ada.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
        ada.expect("answer");
        UUID other = UUID.randomUUID();

        // when
        node.media
                .sessions
                .get(ada.joined.participant())
                .listener
                .slots(List.of(new Slot("0", "audio", other, "microphone")), 1, 2);

        // then
        assertThat(ada.expect("slots")).contains(other.toString()).contains("\"wanted\":{\"audio\":1,\"video\":2}");
    }

    @Test
    void shouldRefuseAnUnknownMeeting() {
        // when
        JoinOutcome outcome = node.join("Ada", "4711", null);

        // then
        assertThat(outcome).isInstanceOfSatisfying(JoinOutcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("unknownCall");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.detail()).contains("4711");
        });
    }

    @Test
    void shouldRefuseAFormWithoutAName() {
        // when
        JoinOutcome outcome = node.join(" ", "9999", null);

        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        JoinOutcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("badRequest"));
    }

    @Test
    void shouldTakeTheRightPasscodeOnly() {
        // given
        Space space = meeting("1234", 5);

        // when
        JoinOutcome none = node.join("Ada", callId(space), null);
        JoinOutcome wrong = node.join("Ada", callId(space), "4321");
        JoinOutcome right = node.join("Ada", callId(space), "1234");

        // then
        assertThat(((JoinOutcome.Refused) none).code()).isEqualTo("wrongPasscode");
        assertThat(((JoinOutcome.Refused) wrong).code()).isEqualTo("wrongPasscode");
        assertThat(right).isInstanceOf(JoinOutcome.Joined.class);
    }

    @Test
    void shouldRefuseWhenTheMeetingIsFullAndLeaveNoAccountBehind() {
        // given
        Space space = meeting(null, 1);
        node.client("Ada", callId(space));

        // when
        JoinOutcome outcome = node.join("Ben", callId(space), null);

        // then
        assertThat(((JoinOutcome.Refused) outcome).code()).isEqualTo("full");
        assertThat(((JoinOutcome.Refused) outcome).status()).isEqualTo(409);
        node.await(() -> assertThat(node.events.stream().map(TraceEvent::text))
                .anyMatch(text -> text.startsWith("removing guest account") && text.contains("(name 'Ben')")));
    }

    @Test
    void shouldAdmitNobodyOnceALockIsAcknowledgedUntilTheUnlock() {
        // given
        Space space = meeting(null, 5);
        node.client("Ada", callId(space));

        // when
        ConferenceCommand.LockAnswer locked = setLock(space, true);
        JoinOutcome during = node.join("Ben", callId(space), null);
        ConferenceCommand.LockAnswer unlocked = setLock(space, false);
        JoinOutcome after = node.join("Ben", callId(space), null);

        // then
        assertThat(locked.acknowledged()).isTrue();
        assertThat(((JoinOutcome.Refused) during).code()).isEqualTo("locked");
        assertThat(((JoinOutcome.Refused) during).status()).isEqualTo(423);
        assertThat(unlocked.epoch()).isGreaterThan(locked.epoch());
        assertThat(after).isInstanceOf(JoinOutcome.Joined.class);
    }

    private static ConferenceCommand.LockAnswer setLock(Space space, boolean locked) {
        TestProbe<ConferenceCommand.LockAnswer> probe = node.kit.createTestProbe();
        ClusterSharding.get(node.kit.system())
                .entityRefFor(Conference.KEY, space.id().toString())
                .tell(new ConferenceCommand.SetLock(locked, probe.getRef()));
        return probe.receiveMessage(TestNode.PATIENCE);
    }

    @Test
    void shouldSayWhatIsWrongWithAnOfferAndGoOn() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));

        // when
        ada.send("{\"type\":\"offer\",\"id\":7,\"sdp\":\"bad\"}");
        String error = ada.expect("error");
        ada.send("{\"type\":\"offer\",\"id\":8,\"sdp\":\"v=0\"}");

        // then
        assertThat(error)
                .contains("\"code\":\"badOffer\"")
                .contains("\"expected\":\"a BUNDLE group\"")
                .contains("\"inReplyTo\":7")
                .contains("\"fatal\":false");
        assertThat(ada.expect("answer")).contains("\"inReplyTo\":8");
    }

    @Test
    void shouldSayWhatIsWrongWithAMessage() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));

        // when
        ada.send("not json");
        ada.send("{\"type\":\"dance\"}");

        // then
        assertThat(ada.expect("error")).contains("badMessage");
        assertThat(ada.expect("error")).contains("unknownType");
    }

    @Test
    void shouldRemoveALegWhoseConnectionDoesNotComeBack() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));

        // when
        node.webbridge.tell(new Webbridge.ClientGone(ada.connection, "killed"));

        // then
        node.await(() -> assertThat(node.events)
                .extracting(TraceEvent::text)
                .contains(
                        "destroying guest account with user ID \"" + ada.joined.user() + "\"",
                        "WebApp Audit : Session: " + sessionOf(ada) + " : Participant Ada(" + ada.joined.participant()
                                + ") performed action of leave call"));
        node.await(() -> assertThat(node.state("call-legs"))
                .extracting(StateSnapshot::id)
                .doesNotContain(ada.joined.participant().toString()));
    }

    private static UUID sessionOf(TestNode.Client client) {
        return node.events.stream()
                .filter(event -> client.joined.participant().equals(event.ids().participant()))
                .map(event -> event.ids().session())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldGoOnWithANewConnectionAndReplaceTheOld() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client first = node.client("Ada", callId(space));

        // when
        TestNode.Client second = node.new Client(first.joined);

        // then
        assertThat(first.expect("ended")).contains("replaced");
        second.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
        assertThat(second.expect("answer")).contains("\"inReplyTo\":1");
    }

    @Test
    void shouldEndACallWhoseMediaFails() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));
        ada.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
        ada.expect("answer");

        // when
        node.media.sessions.get(ada.joined.participant()).listener.mediaState(MediaState.FAILED, "consent lost");

        // then
        assertThat(ada.expect("ended")).contains("mediaFailed");
        node.await(() -> assertThat(node.media.sessions).doesNotContainKey(ada.joined.participant()));
    }

    @Test
    void shouldAnswerForACallLeg() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));
        ada.send("{\"type\":\"offer\",\"id\":1,\"sdp\":\"v=0\"}");
        ada.expect("answer");

        // when
        StateSnapshot leg = node.state("call-legs").stream()
                .filter(snapshot ->
                        snapshot.id().equals(ada.joined.participant().toString()))
                .findFirst()
                .orElseThrow();

        // then
        assertThat(leg.json())
                .contains("\"state\":\"connected\"")
                .contains("\"name\":\"Ada\"")
                .contains("\"space\":\"" + space.id() + "\"")
                .contains("\"sessionConnected\":true")
                .contains("\"media\":{\"state\":\"connected\"")
                .doesNotContain(ada.joined.token());
        assertThat(node.state("conferences"))
                .extracting(StateSnapshot::id)
                .contains(space.id().toString());
        assertThat(node.state("guests")).extracting(StateSnapshot::id).contains(ada.joined.user());
        assertThat(node.state("callbridges")).hasSize(1);
        assertThat(node.state("c2w-links")).hasSize(2);
    }

    @Test
    void shouldRefuseATokenThatIsForged() {
        // given
        Space space = meeting(null, 5);
        String token = node.joined("Ada", callId(space)).token();
        TestProbe<ToClient> inbox = node.kit.createTestProbe();
        int end = token.lastIndexOf('.') + 10;
        char other = token.charAt(end) == 'A' ? 'B' : 'A';

        // when
        SessionOutcome outcome = node.open(token.substring(0, end) + other + token.substring(end + 1), inbox);

        // then
        assertThat(outcome)
                .isEqualTo(new SessionOutcome.SessionRefused("badToken", "The token's signature does not hold.", 4401));
    }

    @Test
    void shouldNotKnowALegThatIsGone() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));
        ada.send("{\"type\":\"leave\"}");
        ada.expect("ended");
        node.await(() -> assertThat(node.state("call-legs"))
                .extracting(StateSnapshot::id)
                .doesNotContain(ada.joined.participant().toString()));
        TestProbe<ToClient> inbox = node.kit.createTestProbe();

        // when
        node.open(ada.joined.token(), inbox);

        // then
        ToClient.Last last = inbox.expectMessageClass(ToClient.Last.class, TestNode.PATIENCE);
        assertThat(last.json()).contains("unknownParticipant");
        assertThat(last.closeCode()).isEqualTo(4404);
    }

    @Test
    void shouldSayWhyNoCallbridgeIsThereAndComeBack() {
        // given
        Space space = meeting(null, 5);
        TestNode.Client ada = node.client("Ada", callId(space));

        // when
        node.c2w.cut(
                new C2wFailure(C2wFailure.Reason.UNTRUSTED, "the callbridge's certificate is not in the trust bundle"));

        // then
        ToClient.Last last = ada
                .inbox
                .fishForMessage(
                        TestNode.PATIENCE,
                        message -> message instanceof ToClient.Last
                                ? akka.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                                : akka.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore())
                .stream()
                .map(ToClient.Last.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(last.closeCode()).isEqualTo(4503);
        JoinOutcome.Refused refused = (JoinOutcome.Refused) node.join("Ben", callId(space), null);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.detail()).contains("the callbridge's certificate is not in the trust bundle");

        // when
        node.c2w.mend();

        // then
        assertThat(node.joined("Ben", callId(space)).space()).isEqualTo(space.id());
    }
}
