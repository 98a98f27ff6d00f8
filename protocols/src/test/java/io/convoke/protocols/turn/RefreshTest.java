package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshTest {
    private final TestRelay relay = new TestRelay();
    private final TestClient client = relay.client();

    private Allocation dual() {
        client.ask(
                StunType.ALLOCATE_REQUEST,
                w -> TestClient.udp(w).attribute(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, TestClient.IPV6));
        return client.client.allocation();
    }

    private StunMessage refresh(int seconds, byte[] family) {
        return client.ask(
                StunType.REFRESH_REQUEST,
                w -> w.number(StunAttribute.LIFETIME, seconds)
                        .attribute(StunAttribute.REQUESTED_ADDRESS_FAMILY, family));
    }

    @ParameterizedTest
    @CsvSource({"-1, 600", "1, 600", "600, 600", "601, 601", "3600, 3600", "3601, 3600", "4294967295, 3600"})
    void shouldGrantLifetimesBetweenTheDefaultAndTheMaximum(long asked, long granted) {
        // given
        client.allocate();
        relay.pass(300);
        // when
        StunMessage answer =
                client.ask(StunType.REFRESH_REQUEST, w -> asked < 0 ? w : w.number(StunAttribute.LIFETIME, asked));
        // then
        assertThat(answer.number(StunAttribute.LIFETIME)).isEqualTo(granted);
        relay.pass(granted - 1);
        assertThat(relay.server.allocations()).hasSize(1);
        relay.pass(1);
        relay.assertNothingHeld();
    }

    @Test
    void shouldDeleteAtLifetimeZeroAndAnswerBeforeItIsGone() {
        // given
        client.allocate();
        client.bind(0x4000, TestRelay.PEER);
        relay.forget();
        // when
        StunMessage answer = client.refresh(0);
        // then
        assertThat(answer.number(StunAttribute.LIFETIME)).isZero();
        assertThat(relay.outputs).hasSize(3);
        assertThat(relay.outputs.get(0)).isInstanceOf(TurnOutput.Reply.class);
        assertThat(relay.outputs.get(1)).isInstanceOf(TurnOutput.CloseRelay.class);
        assertThat(relay.last(TurnOutput.Freed.class).why()).isEqualTo(CloseReason.DELETED);
        assertThat(client.client.allocation()).isNull();
        relay.assertNothingHeld();
        assertThat(client.refresh(0).errorCode()).isEqualTo(437);
    }

    @Test
    void shouldRefuseWithoutAnAllocationOrWithABrokenLifetime() {
        // when / then
        assertThat(client.refresh(600).errorCode()).isEqualTo(437);
        client.allocate();
        assertThat(client.code(StunType.REFRESH_REQUEST, w -> w.attribute(StunAttribute.LIFETIME, new byte[3])))
                .isEqualTo(400);
    }

    @Test
    void shouldRefreshOneFamilyAlone() {
        // given
        Allocation allocation = dual();
        client.permit(TestRelay.PEER);
        client.bind(0x4001, TestRelay.PEER6);
        relay.pass(500);
        // when
        refresh(600, TestClient.IPV4);
        relay.pass(100);
        // then
        assertThat(relay.open).hasSize(1);
        assertThat(allocation.relayPort(AddressFamily.IPV6)).isNull();
        assertThat(allocation.relayPort(AddressFamily.IPV4)).isNotNull();
        assertThat(allocation.channels()).isEmpty();
        relay.pass(500);
        relay.assertNothingHeld();
    }

    @Test
    void shouldDeleteOneFamilyAlone() {
        // given
        Allocation allocation = dual();
        // when
        StunMessage answer = refresh(0, TestClient.IPV4);
        // then
        assertThat(answer.number(StunAttribute.LIFETIME)).isZero();
        assertThat(allocation.relayPorts()).hasSize(1);
        assertThat(client.permit(TestRelay.PEER).errorCode()).isEqualTo(443);
        assertThat(client.permit(TestRelay.PEER6).errorCode()).isEqualTo(-1);
        assertThat(refresh(0, TestClient.IPV4).errorCode()).isEqualTo(443);
        assertThat(refresh(0, TestClient.IPV6).errorCode()).isEqualTo(-1);
        relay.assertNothingHeld();
    }

    @Test
    void shouldRefuseAFamilyThatIsNotRelayed() {
        // given
        client.allocate();
        // when / then
        assertThat(refresh(600, TestClient.IPV6).errorCode()).isEqualTo(443);
        assertThat(refresh(600, new byte[] {9, 0, 0, 0}).errorCode()).isEqualTo(443);
        assertThat(refresh(600, new byte[] {1}).errorCode()).isEqualTo(400);
    }

    @Test
    void shouldEndWithItsConnection() {
        // given
        TestClient stream = relay.client(Transport.TLS, "192.0.2.8", 1);
        stream.allocate();
        // when
        relay.server.clientGone(relay.nowNanos, stream.client);
        relay.drain();
        // then
        assertThat(relay.last(TurnOutput.Freed.class).why()).isEqualTo(CloseReason.CLIENT_GONE);
        relay.assertNothingHeld();
    }

    @Test
    void shouldCloseTheConnectionOfAnAllocationThatAnAdministratorEnds() {
        // given
        TestClient stream = relay.client(Transport.TCP, "192.0.2.8", 1);
        Allocation allocation = stream.allocated();
        // when
        boolean closed = relay.server.close(relay.nowNanos, allocation.id(), CloseReason.CLOSED);
        relay.drain();
        // then
        assertThat(closed).isTrue();
        assertThat(relay.last(TurnOutput.CloseClient.class).client()).isSameAs(stream.client);
        assertThat(relay.server.close(relay.nowNanos, allocation.id(), CloseReason.CLOSED))
                .isFalse();
        relay.assertNothingHeld();
    }

    @Test
    void shouldEndWhenItsPortFails() {
        // given
        Allocation allocation = client.allocated();
        // when
        relay.server.relayFailed(relay.nowNanos, allocation);
        relay.server.relayFailed(relay.nowNanos, allocation);
        relay.drain();
        // then
        assertThat(relay.all(TurnOutput.Freed.class)).hasSize(1);
        relay.assertNothingHeld();
    }

    @Test
    void shouldExpireTenThousandInOrder() {
        // given
        for (int i = 0; i < 10_000; i++) {
            TestClient one = relay.client(Transport.UDP, "192.0.2.7", i + 1);
            one.ask(
                    StunType.ALLOCATE_REQUEST,
                    w -> TestClient.udp(w)
                            .number(
                                    StunAttribute.LIFETIME,
                                    600 + one.client.address().port() * 7919L % 3000));
        }
        assertThat(relay.server.allocations()).hasSize(10_000);
        relay.forget();
        // when
        relay.pass(1800);
        int half = relay.server.allocations().size();
        relay.pass(1800);
        // then
        assertThat(half).isBetween(5_000, 7_000);
        relay.assertNothingHeld();
        assertThat(relay.all(TurnOutput.Freed.class)).hasSize(10_000);
    }

    @Test
    void shouldExpireTheRestInOrderWhenSomeAreDeleted() {
        // given
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            TestClient one = relay.client(Transport.UDP, "192.0.2.7", i + 1);
            int lifetime = 600 + i * 7919 % 3000;
            one.ask(StunType.ALLOCATE_REQUEST, w -> TestClient.udp(w).number(StunAttribute.LIFETIME, lifetime));
            clients.add(one);
        }
        // when
        for (int i = 0; i < clients.size(); i += 3) {
            clients.get(i * 31 % clients.size()).refresh(0);
        }
        int left = relay.server.allocations().size();
        relay.forget();
        relay.pass(3600);
        // then
        List<Allocation> freed = relay.all(TurnOutput.Freed.class).stream()
                .map(TurnOutput.Freed::allocation)
                .toList();
        assertThat(freed).hasSize(left).doesNotHaveDuplicates();
        for (int i = 1; i < freed.size(); i++) {
            assertThat(freed.get(i).expiresAtNanos() - freed.get(i - 1).expiresAtNanos())
                    .isNotNegative();
        }
        relay.assertNothingHeld();
    }
}
