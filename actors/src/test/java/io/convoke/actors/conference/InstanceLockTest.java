package io.convoke.actors.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.conference.InstanceLock.Change;
import org.junit.jupiter.api.Test;

class InstanceLockTest {
    private static final long LEASE = 6_000;
    private static final int DRIFT = 10;

    @Test
    void shouldStartLocked() {
        // given
        var lock = new InstanceLock(DRIFT);

        // then
        assertThat(lock.admits(0)).isFalse();
        assertThat(lock.epoch()).isZero();
    }

    @Test
    void shouldOpenWithTheFirstGrant() {
        // given
        var lock = new InstanceLock(DRIFT);
        long request = lock.ask(100);

        // when
        Change change = lock.granted(150, request, 1, true, LEASE);

        // then
        assertThat(change).isEqualTo(Change.OPENED);
        assertThat(lock.admits(150)).isTrue();
    }

    @Test
    void shouldCountTheLeaseFromTheQuestion() {
        // given
        var lock = new InstanceLock(DRIFT);
        long request = lock.ask(0);

        // when
        lock.granted(5_000, request, 1, true, LEASE);

        // then
        assertThat(lock.admits(5_939)).isTrue();
        assertThat(lock.admits(5_940)).isFalse();
    }

    @Test
    void shouldNotOpenByAnAnswerThatTookAWholeLease() {
        // given
        var lock = new InstanceLock(DRIFT);
        long request = lock.ask(0);

        // when
        Change change = lock.granted(5_950, request, 1, true, LEASE);

        // then
        assertThat(change).isEqualTo(Change.NONE);
        assertThat(lock.admits(5_950)).isFalse();
    }

    @Test
    void shouldLockItselfWhenTheLeaseRunsOut() {
        // given
        var lock = new InstanceLock(DRIFT);
        lock.granted(0, lock.ask(0), 1, true, LEASE);

        // when
        Change change = lock.tick(6_000);

        // then
        assertThat(change).isEqualTo(Change.LAPSED);
        assertThat(lock.isOpen()).isFalse();
    }

    @Test
    void shouldStayOpenWhileRenewed() {
        // given
        var lock = new InstanceLock(DRIFT);
        lock.granted(0, lock.ask(0), 1, true, LEASE);

        // when
        Change change = lock.granted(2_010, lock.ask(2_000), 1, true, LEASE);

        // then
        assertThat(change).isEqualTo(Change.NONE);
        assertThat(lock.tick(7_900)).isEqualTo(Change.NONE);
        assertThat(lock.admits(7_900)).isTrue();
    }

    @Test
    void shouldIgnoreAGrantOfAnEpochBeforeTheLock() {
        // given
        var lock = new InstanceLock(DRIFT);
        lock.granted(0, lock.ask(0), 1, true, LEASE);
        long late = lock.ask(10);

        // when
        Change locked = lock.lock(2);
        Change granted = lock.granted(20, late, 1, true, LEASE);

        // then
        assertThat(locked).isEqualTo(Change.LOCKED);
        assertThat(granted).isEqualTo(Change.NONE);
        assertThat(lock.admits(20)).isFalse();
    }

    @Test
    void shouldOpenAgainInAHigherEpoch() {
        // given
        var lock = new InstanceLock(DRIFT);
        lock.granted(0, lock.ask(0), 1, true, LEASE);
        lock.lock(2);

        // when
        Change change = lock.granted(30, lock.ask(20), 3, true, LEASE);

        // then
        assertThat(change).isEqualTo(Change.OPENED);
    }

    @Test
    void shouldIgnoreAnAnswerToAQuestionItNeverAsked() {
        // given
        var lock = new InstanceLock(DRIFT);

        // when
        Change change = lock.granted(0, 7, 1, true, LEASE);

        // then
        assertThat(change).isEqualTo(Change.NONE);
        assertThat(lock.admits(0)).isFalse();
    }
}
