package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:122.0) Gecko/20100101 Firefox/122.0 | Firefox
                    Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 | Chrome
                    Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0 | Edge
                    Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Safari/605.1.15 | Safari
                    curl/7.88 | Unknown
                    """)
    void shouldNameTheBrowser(String agent, String name) {
        // then
        assertThat(BrowserName.of(agent)).isEqualTo(name);
    }

    @Test
    void shouldNotLetANameBreakOutOfItsQuotes() {
        // then
        assertThat(MeetingWording.named(new UUID(0, 1), "a\" b")).endsWith("named \"a' b\"");
    }

    @Test
    void shouldWaitLongerWithEachFailureUpToTheMost() {
        // given
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(350), () -> 0.5);

        // then
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(350));
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    }
}
