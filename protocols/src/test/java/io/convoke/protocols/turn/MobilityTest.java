package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** RFC 8016. */
class MobilityTest {
    private static final byte[] DATA = "hello".getBytes(UTF_8);

    private final TestRelay relay = new TestRelay();
    private final TestClient home = relay.client();
    private final TestClient away = relay.client(Transport.UDP, "192.0.2.77", 9);

    private static UnaryOperator<StunWriter> ticket(byte[] ticket) {
        return w -> w.attribute(StunAttribute.MOBILITY_TICKET, ticket);
    }

    private byte[] allocate(TestClient client) {
        StunMessage answer = client.ask(
                StunType.ALLOCATE_REQUEST,
                w -> TestClient.udp(w).attribute(StunAttribute.MOBILITY_TICKET, new byte[0]));
        byte[] ticket = answer.attribute(StunAttribute.MOBILITY_TICKET);
        assertThat(ticket).hasSize(24);
        return ticket;
    }

    private byte[] move(TestClient to, byte[] ticket) {
        StunMessage answer = to.ask(StunType.REFRESH_REQUEST, ticket(ticket));
        assertThat(answer.errorCode()).isEqualTo(-1);
        assertThat(answer.number(StunAttribute.LIFETIME)).isEqualTo(600);
        return answer.attribute(StunAttribute.MOBILITY_TICKET);
    }

    private Client hearsOf() {
        Allocation allocation = relay.server.allocations().iterator().next();
        relay.server.fromPeer(relay.nowNanos, allocation, TestRelay.PEER, DATA, 0, DATA.length);
        relay.drain();
        return relay.last(TurnOutput.Reply.class).to();
    }

    @Test
    void shouldServeBothPlacesUntilTheClientIsHeardAtTheNewOne() {
        // given
        byte[] first = allocate(home);
        home.permit(TestRelay.PEER);
        Allocation allocation = home.client.allocation();
        // when
        byte[] second = move(away, first);
        // then
        assertThat(second).hasSize(24).isNotEqualTo(first);
        assertThat(relay.last(TurnOutput.Moving.class)).isEqualTo(new TurnOutput.Moving(allocation, away.client));
        assertThat(hearsOf()).isSameAs(home.client);
        assertThat(away.client.allocation()).isSameAs(allocation);
        assertThat(home.client.allocation()).isSameAs(allocation);
        // when
        away.indicate(TestRelay.PEER, DATA);
        // then
        assertThat(relay.last(TurnOutput.Moved.class))
                .isEqualTo(new TurnOutput.Moved(allocation, home.client, away.client));
        assertThat(relay.last(TurnOutput.ToPeer.class).peer()).isEqualTo(TestRelay.PEER);
        assertThat(hearsOf()).isSameAs(away.client);
        assertThat(home.client.allocation()).isNull();
        assertThat(home.refresh(600).errorCode()).isEqualTo(437);
        assertThat(away.refresh(600).errorCode()).isEqualTo(-1);
        away.refresh(0);
        relay.assertNothingHeld();
    }

    @Test
    void shouldBeHeardByChannelDataAndByRequests() {
        // given
        byte[] ticket = move(away, allocate(home));
        // when
        relay.server.heard(relay.nowNanos, home.client);
        relay.server.heard(relay.nowNanos, away.client);
        relay.drain();
        // then
        assertThat(relay.all(TurnOutput.Moved.class)).hasSize(1);
        TestClient third = relay.client(Transport.UDP, "192.0.2.78", 9);
        move(third, ticket);
        third.permit(TestRelay.PEER);
        assertThat(relay.all(TurnOutput.Moved.class)).hasSize(2);
        assertThat(hearsOf()).isSameAs(third.client);
    }

    @Test
    void shouldAnswerTheSameRefreshAgainWithTheSameTicket() {
        // given
        byte[] first = allocate(home);
        away.learn(away.exchange(away.request(StunType.REFRESH_REQUEST, ticket(first))));
        byte[] request = away.request(StunType.REFRESH_REQUEST, ticket(first));
        byte[] second = away.exchange(request).attribute(StunAttribute.MOBILITY_TICKET);
        // when
        byte[] again = away.exchange(request).attribute(StunAttribute.MOBILITY_TICKET);
        // then
        assertThat(again).isEqualTo(second);
        assertThat(relay.all(TurnOutput.Moved.class)).isEmpty();
        assertThat(move(away, first))
                .as("to a new request, because no answer came")
                .isEqualTo(second);
        assertThat(relay.server.allocations()).hasSize(1);
    }

    @Test
    void shouldTakeATicketOnce() {
        // given
        byte[] first = allocate(home);
        byte[] second = move(away, first);
        TestClient third = relay.client(Transport.UDP, "192.0.2.78", 9);
        // when / then
        assertThat(third.code(StunType.REFRESH_REQUEST, ticket(first))).isEqualTo(437);
        assertThat(third.code(StunType.REFRESH_REQUEST, ticket(second))).isEqualTo(-1);
        assertThat(away.code(StunType.REFRESH_REQUEST, ticket(second))).isEqualTo(-1);
    }

    @Test
    void shouldTakeNoStrangersTicketAndNoMadeUpOne() {
        // given
        byte[] ticket = allocate(home);
        TestClient thief = away.as("bob", "builder");
        // when / then
        assertThat(thief.code(StunType.REFRESH_REQUEST, ticket(ticket))).isEqualTo(441);
        assertThat(thief.code(StunType.REFRESH_REQUEST, ticket(new byte[24]))).isEqualTo(437);
        assertThat(thief.code(StunType.REFRESH_REQUEST, ticket(new byte[5]))).isEqualTo(437);
        assertThat(thief.code(StunType.REFRESH_REQUEST, ticket(new byte[0]))).isEqualTo(400);
        assertThat(relay.all(TurnOutput.Moving.class)).isEmpty();
    }

    @Test
    void shouldNotMoveToATupleThatIsTaken() {
        // given
        byte[] ticket = allocate(home);
        away.allocate();
        // when / then
        assertThat(away.code(StunType.REFRESH_REQUEST, ticket(ticket))).isEqualTo(437);
    }

    @Test
    void shouldForbidMobilityWhereItIsOff() {
        // given
        TurnFeatures still = new TurnFeatures(true, false, true, true, true);
        TestRelay settled =
                new TestRelay(new TurnSettings(TestPolicy.REALM, "", true, true, still, TurnLimits.DEFAULT));
        TestClient one = settled.client();
        // when / then
        assertThat(one.code(
                        StunType.ALLOCATE_REQUEST,
                        w -> TestClient.udp(w).attribute(StunAttribute.MOBILITY_TICKET, new byte[0])))
                .isEqualTo(405);
        assertThat(one.code(StunType.REFRESH_REQUEST, ticket(new byte[24]))).isEqualTo(405);
    }

    @Test
    void shouldWaitForAClientWhoseConnectionBroke() {
        // given
        TestClient stream = relay.client(Transport.TLS, "192.0.2.9", 1);
        byte[] ticket = allocate(stream);
        // when
        relay.server.clientGone(relay.nowNanos, stream.client);
        relay.drain();
        // then
        assertThat(relay.server.allocations()).hasSize(1);
        TestClient again = relay.client(Transport.TLS, "192.0.2.10", 2);
        move(again, ticket);
        assertThat(relay.last(TurnOutput.Moved.class).to()).isSameAs(again.client);
        relay.pass(600);
        relay.assertNothingHeld();
    }

    @Test
    void shouldExpireAnAllocationNobodyComesBackFor() {
        // given
        TestClient stream = relay.client(Transport.TCP, "192.0.2.9", 1);
        allocate(stream);
        relay.server.clientGone(relay.nowNanos, stream.client);
        // when
        relay.pass(600);
        // then
        relay.assertNothingHeld();
    }

    @Test
    void shouldStayWhenTheNewPlaceIsGoneFirst() {
        // given
        TestClient stream = relay.client(Transport.TCP, "192.0.2.9", 1);
        byte[] ticket = allocate(home);
        home.permit(TestRelay.PEER);
        move(stream, ticket);
        // when
        relay.server.clientGone(relay.nowNanos, stream.client);
        relay.drain();
        // then
        assertThat(hearsOf()).isSameAs(home.client);
        assertThat(stream.client.allocation()).isNull();
    }

    @Test
    void shouldLeaveBothPlacesWhenItEnds() {
        // given
        byte[] ticket = allocate(home);
        move(away, ticket);
        relay.forget();
        // when
        home.refresh(0);
        // then
        List<TurnOutput> end = relay.outputs.subList(1, relay.outputs.size());
        assertThat(end.get(0)).isInstanceOf(TurnOutput.Moved.class);
        assertThat(end.get(end.size() - 1)).isInstanceOf(TurnOutput.Freed.class);
        assertThat(home.client.allocation()).isNull();
        assertThat(away.client.allocation()).isNull();
        relay.assertNothingHeld();
    }

    @Test
    void shouldHandATicketOfAnotherShardOverToIt() {
        // given
        TestRelay other = new TestRelay(TurnSettings.of(TestPolicy.REALM), 1, 2);
        TestRelay first = new TestRelay(TurnSettings.of(TestPolicy.REALM), 0, 2);
        byte[] ticket = allocate(other.client());
        TestClient mover = first.client(Transport.UDP, "192.0.2.77", 9);
        // when
        first.handle(mover.client, mover.request(StunType.REFRESH_REQUEST, ticket(ticket)));
        // then
        TurnOutput.Route route = first.last(TurnOutput.Route.class);
        assertThat(route.shard()).isEqualTo(1);
        other.handle(route.from(), route.message());
        assertThat(other.lastTo(mover.client).errorCode()).isEqualTo(401);
    }

    @Test
    void shouldAnswerTheSameRequestAgainThatAnotherShardPassedOnBeforeItKnew() {
        // given
        byte[] ticket = allocate(home);
        TestClient again = relay.client(Transport.UDP, "192.0.2.77", 9);
        away.learn(away.exchange(away.request(StunType.REFRESH_REQUEST, w -> w)));
        byte[] request = away.request(StunType.REFRESH_REQUEST, ticket(ticket));
        // when
        StunMessage first = away.exchange(request);
        StunMessage second = again.exchange(request);
        // then
        assertThat(first.errorCode()).isEqualTo(-1);
        assertThat(second.attribute(StunAttribute.MOBILITY_TICKET))
                .isEqualTo(first.attribute(StunAttribute.MOBILITY_TICKET));
        assertThat(relay.last(TurnOutput.Reply.class).to()).isSameAs(again.client);
    }
}
