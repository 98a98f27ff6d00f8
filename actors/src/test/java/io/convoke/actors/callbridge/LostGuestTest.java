package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.trace.Ids;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LostGuestTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create("lost-guest", ManualTime.config().withFallback(ConfigFactory.load()));
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private final TestProbe<GuestAccount.Command> account = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void shouldAskAgainUntilTheAccountAnswers() throws Exception {
        // given
        CompletionStage<GuestAccount.Removed> removed = remove();
        account.expectMessageClass(GuestAccount.Remove.class);

        // when
        TIME.timePasses(LostGuest.ANSWER_WITHIN);

        // then
        GuestAccount.Remove again = account.expectMessageClass(GuestAccount.Remove.class);
        assertThat(again.name()).isEqualTo("Ada");
        again.replyTo().tell(new GuestAccount.Removed("guest1", true));
        assertThat(removed.toCompletableFuture().get(10, TimeUnit.SECONDS).credentialGone())
                .isTrue();
        TIME.timePasses(LostGuest.ANSWER_WITHIN);
        account.expectNoMessage();
    }

    @Test
    void shouldGiveUpWhenNothingEverAnswers() {
        // given
        CompletionStage<GuestAccount.Removed> removed = remove();

        // when
        for (int attempt = 1; attempt <= LostGuest.MOST_ATTEMPTS; attempt++) {
            account.expectMessageClass(GuestAccount.Remove.class);
            TIME.timePasses(LostGuest.ANSWER_WITHIN);
        }

        // then
        assertThatThrownBy(() -> removed.toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(TimeoutException.class);
        account.expectNoMessage();
    }

    private CompletionStage<GuestAccount.Removed> remove() {
        return LostGuest.remove(account.getRef(), "Ada", Ids.none(), KIT.system());
    }
}
