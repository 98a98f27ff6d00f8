package io.convoke.node.system;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks again until the answer is right. */
final class Eventually {
    private static final long PAUSE_MILLIS = 150;

    private Eventually() {}

    interface Question<T> {
        T ask() throws Exception;
    }

    /** The first answer that holds; when none comes within the bound, fails with the last answer. */
    static <T> T eventually(Duration bound, Question<T> question, Predicate<T> holds) {
        long deadline = System.nanoTime() + bound.toNanos();
        Object last;
        do {
            try {
                T answer = question.ask();
                if (holds.test(answer)) {
                    return answer;
                }
                last = answer;
            } catch (Exception failure) {
                last = failure;
            }
            pause();
        } while (System.nanoTime() < deadline);
        throw new AssertionError("Not within " + bound + "; the last answer was " + last);
    }

    /** Asks again and again for this long; fails at the first answer that does not hold. */
    static <T> void holdsFor(Duration time, Question<T> question, Predicate<T> holds) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        do {
            T answer = question.ask();
            if (!holds.test(answer)) {
                throw new AssertionError("Held for less than " + time + ": " + answer);
            }
            pause();
        } while (System.nanoTime() < end);
    }

    private static void pause() {
        try {
            // Nobody counts down: this is a wait that can be interrupted.
            if (new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException();
            }
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", failure);
        }
    }
}
