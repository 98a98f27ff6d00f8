package io.convoke.actors.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.turn.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RelayNewsTest {
    private final AtomicLong clock = new AtomicLong(Duration.ofSeconds(100).toNanos());
    private final List<RelayNews.News> told = new ArrayList<>();
    private final RelayNews news = new RelayNews(new RelayedAddresses(), clock::get, told::add);

    @Test
    void shouldTellAFewOfAFloodAndCountTheRest() {
        // when
        for (int i = 0; i < 1000; i++) {
            news.refused("ann", Admission.Refused.QUOTA);
        }

        // then
        assertThat(told).hasSize(20);
        assertThat(news.untold()).isEqualTo(980);
        assertThat(news.untold()).isZero();

        // when
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        news.refused("ann", Admission.Refused.QUOTA);

        // then
        assertThat(told).hasSize(21);
    }

    @Test
    void shouldTellOfUsersWhateverThoseWithoutAPasswordDo() {
        // given
        for (int i = 0; i < 1000; i++) {
            news.denied("1900000000:" + new UUID(2, 2), Denial.WRONG_PASSWORD);
        }

        // when
        news.refused("ann", Admission.Refused.QUOTA);

        // then
        assertThat(told).hasSize(6).last().isEqualTo(new RelayNews.Refused("ann", Admission.Refused.QUOTA));
        assertThat(news.untold()).isEqualTo(995);
    }

    @Test
    void shouldTellOfParticipantsWhateverOthersDo() {
        // given
        String participant = "1900000000:" + new UUID(2, 2);
        for (int i = 0; i < 1000; i++) {
            news.allocated(FakeRelay.view("ann", i));
        }

        // when
        news.allocated(FakeRelay.view(participant, 2000));

        // then
        assertThat(told).hasSize(21).last().isEqualTo(new RelayNews.Made(FakeRelay.view(participant, 2000)));
    }
}
