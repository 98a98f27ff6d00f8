package io.convoke.actors.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.space.PasscodeThrottle.Decision;
import io.convoke.actors.space.PasscodeThrottle.Go;
import io.convoke.actors.space.PasscodeThrottle.Refuse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasscodeThrottleTest {
    private static final UUID SPACE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final long SECOND = 1_000_000_000L;

    private final PasscodeThrottle throttle = new PasscodeThrottle(PasscodeThrottle.Settings.standard());

    @ParameterizedTest
    @CsvSource({"0,0", "1,250", "2,500", "3,1000", "4,2000", "5,4000", "6,8000"})
    void shouldDelayASourceLongerWithEachMistake(int mistakes, long delayMillis) {
        // given
        fail("a", SPACE, mistakes, 0);

        // when, then
        assertThat(throttle.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ofMillis(delayMillis)));
    }

    @ParameterizedTest
    @CsvSource({"7,0,16", "7,15,1", "8,0,32", "9,10,54", "11,0,256", "12,0,300", "60,0,300"})
    void shouldRefuseASourceThatGuessesOn(int mistakes, long secondsLater, long retrySeconds) {
        // given
        fail("a", SPACE, mistakes, 0);

        // when, then
        assertThat(throttle.check("a", OTHER, secondsLater * SECOND))
                .isEqualTo(new Refuse(Duration.ofSeconds(retrySeconds)));
    }

    @Test
    void shouldLetASourceTryOnceWhenItsRefusalIsOver() {
        // given
        fail("a", SPACE, 7, 0);

        // when
        Decision first = throttle.check("a", SPACE, 16 * SECOND);
        Decision second = throttle.check("a", SPACE, 16 * SECOND);

        // then
        assertThat(first).isEqualTo(new Go(Duration.ofSeconds(8)));
        assertThat(second).isEqualTo(new Refuse(Duration.ofSeconds(16)));
    }

    @Test
    void shouldNotMakeOneSourcePayForAnother() {
        // given
        fail("a", SPACE, 7, 0);

        // when, then
        assertThat(throttle.check("b", SPACE, 0)).isEqualTo(new Go(Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"20,0", "21,250", "26,8000"})
    void shouldDelayEverybodyAtASpaceThatManySourcesGuessAt(int mistakes, long delayMillis) {
        // given
        failFromMany(mistakes);

        // when, then
        assertThat(throttle.check("new", SPACE, 0)).isEqualTo(new Go(Duration.ofMillis(delayMillis)));
        assertThat(throttle.check("new", OTHER, 0)).isEqualTo(new Go(Duration.ZERO));
    }

    @Test
    void shouldRefuseEverybodyAtASpaceForAShortTimeOnly() {
        // given
        failFromMany(100);

        // when, then
        assertThat(throttle.check("new", SPACE, 0)).isEqualTo(new Refuse(Duration.ofSeconds(30)));
        assertThat(throttle.check("new", SPACE, 30 * SECOND)).isEqualTo(new Go(Duration.ofSeconds(8)));
    }

    @Test
    void shouldForgiveMistakesAtTheVerySpaceWhosePasscodeWasRight() {
        // given
        fail("a", SPACE, 3, 0);

        // when
        throttle.check("a", SPACE, 0);
        throttle.succeeded("a", SPACE);

        // then
        assertThat(throttle.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ZERO));
    }

    @Test
    void shouldNotForgiveMistakesElsewhereForARightPasscodeOfOnesOwn() {
        // given
        fail("a", SPACE, 3, 0);
        fail("a", OTHER, 1, 0);

        // when
        throttle.check("a", OTHER, 0);
        throttle.succeeded("a", OTHER);

        // then
        assertThat(throttle.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ofSeconds(2)));
    }

    @Test
    void shouldCountGuessesUnderWayOfASourceThatMadeMistakes() {
        // given
        fail("a", SPACE, 1, 0);
        for (int i = 0; i < 8; i++) {
            assertThat(throttle.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ofMillis(250)));
        }

        // when, then
        assertThat(throttle.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ofMillis(250)));
        assertThat(throttle.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ofMillis(500)));
        throttle.abandoned("a", SPACE);
        assertThat(throttle.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ofMillis(500)));
    }

    @Test
    void shouldLetAWholeRoomBehindOneAddressIn() {
        for (int i = 0; i < 25; i++) {
            assertThat(throttle.check("school", SPACE, 0)).isEqualTo(new Go(Duration.ZERO));
        }
    }

    @Test
    void shouldForgetAfterAQuietWhile() {
        // given
        fail("a", SPACE, 30, 0);

        // when, then
        assertThat(throttle.check("a", SPACE, 15 * 60 * SECOND + 1)).isEqualTo(new Go(Duration.ZERO));
    }

    @Test
    void shouldRememberABoundedNumberOfSources() {
        // given
        PasscodeThrottle.Settings standard = PasscodeThrottle.Settings.standard();
        PasscodeThrottle small = new PasscodeThrottle(new PasscodeThrottle.Settings(
                standard.firstDelay(),
                standard.maxDelay(),
                standard.maxRefusal(),
                standard.maxSpaceRefusal(),
                standard.freeSpaceMistakes(),
                standard.freeParallel(),
                standard.forget(),
                2));
        small.failed("a", SPACE, 0);
        small.failed("b", SPACE, 0);
        small.failed("a", SPACE, 0);

        // when
        small.failed("c", SPACE, 0);

        // then
        assertThat(small.check("a", SPACE, 0)).isEqualTo(new Go(Duration.ofMillis(500)));
        assertThat(small.check("b", SPACE, 0)).isEqualTo(new Go(Duration.ZERO));
    }

    private void fail(String source, UUID space, int times, long nowNanos) {
        for (int i = 0; i < times; i++) {
            throttle.failed(source, space, nowNanos);
        }
    }

    private void failFromMany(int sources) {
        for (int i = 0; i < sources; i++) {
            throttle.failed("source" + i, SPACE, 0);
        }
    }
}
