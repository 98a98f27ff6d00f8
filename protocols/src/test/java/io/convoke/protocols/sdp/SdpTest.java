package io.convoke.protocols.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SdpTest {
    @ParameterizedTest
    @MethodSource("io.convoke.protocols.sdp.RealOfferTest#all")
    void shouldReadBackWhatItWrote(String name) {
        // given
        Sdp offer = Offers.read(Offers.named(name));

        // then
        assertThat(Offers.read(offer.write())).isEqualTo(offer);
    }

    @ParameterizedTest
    @MethodSource("io.convoke.protocols.sdp.RealOfferTest#all")
    void shouldSurviveEveryPrefix(String name) {
        // given
        String offer = Offers.named(name);

        // then
        for (int length = 0; length < Math.min(offer.length(), 2_000); length++) {
            assertThat(OfferAnswer.answer(offer.substring(0, length), Offers.spec()))
                    .isNotNull();
        }
    }

    @Test
    void shouldReadLineFeedsBlankLinesAndTheSessionsConnection() {
        // given
        String text = """
                v=0
                o=- 18446744073709551615 1 IN IP6 ::1
                s=my session
                c=IN IP4 10.0.0.1
                b=AS:1
                t=0 0

                m=audio 9/2 RTP/AVP 0
                m=video 9 RTP/AVP 96
                c=IN IP6 ::2

                """;

        // when
        Sdp sdp = Offers.read(text);

        // then
        assertThat(sdp.origin()).isEqualTo(new Origin("-", -1, 1, "IN IP6 ::1"));
        assertThat(sdp.sections())
                .extracting(MediaSection::connection)
                .containsExactly("IN IP4 10.0.0.1", "IN IP6 ::2");
        assertThat(sdp.sections()).extracting(MediaSection::port).containsExactly(9, 9);
    }

    @Test
    void shouldHoldItsLimits() {
        assertThat(parse(new Limits(30, 100, 100, 9)))
                .isEqualTo(new Rejected("tooLarge", "at most 30 characters", Offers.SMALL.length() + " characters"));
        assertThat(parse(new Limits(9999, 24, 200, 9)))
                .isEqualTo(new Rejected("tooManyLines", "at most 24 lines", "more"));
        assertThat(parse(new Limits(9999, 100, 50, 9)))
                .isEqualTo(new Rejected("lineTooLong", "lines of at most 50 characters", "line 10 with 117"));
        assertThat(parse(new Limits(9999, 100, 200, 1)))
                .isEqualTo(new Rejected("tooManySections", "at most 1 media sections", "more"));
        assertThat(parse(new Limits(Offers.SMALL.length(), 25, 117, 2))).isInstanceOf(Parsed.class);
    }

    private static SdpResult parse(Limits limits) {
        return Sdp.parse(Offers.SMALL, limits);
    }

    @Test
    void shouldShowOnlyPrintableTextOfWhatItFound() {
        // when
        Rejected rejected = Offers.rejected("\u001b[2J" + "\u00fc".repeat(500));

        // then
        assertThat(rejected.found()).hasSize(Rejected.MAX_FOUND_CHARS).startsWith("line 1: ?[2J???");
    }

    /** Whatever comes, it is answered or refused; and what is answered reads back with as many sections. */
    @FuzzTest(maxDuration = "30s")
    void shouldAnswerOrRefuseAnything(FuzzedDataProvider data) {
        String offer = data.consumeRemainingAsString();
        if (OfferAnswer.answer(offer, Offers.spec()) instanceof Answered answered) {
            Sdp answer = Offers.read(answered.sdp());
            assertThat(answer.sections()).hasSameSizeAs(answered.negotiated().sections());
        }
    }
}
