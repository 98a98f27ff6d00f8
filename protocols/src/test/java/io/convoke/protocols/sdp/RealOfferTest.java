package io.convoke.protocols.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealOfferTest {
    static Stream<String> all() {
        List<String> kinds = List.of(
                "av",
                "av-recvonly",
                "av-screen",
                "av-data",
                "audience",
                "simulcast",
                "max-bundle",
                "reoffer-screen",
                "reoffer-stopped",
                "reoffer-after-stop");
        return Stream.concat(
                Stream.of("chromium-", "firefox-").flatMap(b -> kinds.stream().map(k -> b + k)),
                Stream.of("werift-like", "aiortc-like", "gstreamer-like"));
    }

    /** One letter per section: our direction (b both, s send, r receive, i inactive) or - for port 0. */
    @ParameterizedTest
    @CsvSource({
        "av, bb, BUNDLE 0 1",
        "max-bundle, bb, BUNDLE 0 1",
        "av-recvonly, bbsssss, BUNDLE 0 1 2 3 4 5 6",
        "av-screen, bbr, BUNDLE 0 1 2",
        "av-data, bb-, BUNDLE 0 1",
        "audience, ss, BUNDLE 0 1",
        "simulcast, bb, BUNDLE 0 1",
        "reoffer-screen, bbrs, BUNDLE 0 1 2 3",
        "reoffer-stopped, bi-s, BUNDLE 0 1 3",
        "reoffer-after-stop, si-s, BUNDLE 0 1 3",
    })
    void shouldMirrorDirectionsOfBrowsers(String kind, String directions, String group) {
        for (String browser : List.of("chromium-", "firefox-")) {
            // when
            Sdp answer =
                    Offers.read(Offers.answered(Offers.named(browser + kind)).sdp());

            // then
            String ours = answer.sections().stream().map(s -> letter(s, answer)).collect(Collectors.joining());
            assertThat(ours).as(browser + kind).isEqualTo(directions);
            assertThat(answer.values("group")).containsExactly(group);
        }
    }

    private static String letter(MediaSection section, Sdp answer) {
        return section.port() == 0
                ? "-"
                : switch (Direction.of(section, answer)) {
                    case SENDRECV -> "b";
                    case SENDONLY -> "s";
                    case RECVONLY -> "r";
                    case INACTIVE -> "i";
                };
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldKeepOrderMidsAndKinds(String name) {
        // given
        Sdp offer = Offers.read(Offers.named(name));

        // when
        Answered answered = Offers.answered(Offers.named(name));

        // then
        Sdp answer = Offers.read(answered.sdp());
        assertThat(answer.sections())
                .extracting(MediaSection::media, MediaSection::mid, MediaSection::protocol)
                .containsExactlyElementsOf(offer.sections().stream()
                        .map(s -> tuple(s.media(), s.mid(), s.protocol()))
                        .toList());
        assertThat(answered.negotiated().sections())
                .extracting(Section::index)
                .containsExactlyElementsOf(
                        IntStream.range(0, offer.sections().size()).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldAnswerEachAcceptedSectionWithTheSameTransport(String name) {
        // when
        Sdp answer = Offers.read(Offers.answered(Offers.named(name)).sdp());

        // then
        assertThat(answer.values("ice-lite")).hasSize(1);
        List<MediaSection> accepted =
                answer.sections().stream().filter(s -> s.port() != 0).toList();
        for (MediaSection section : accepted) {
            assertThat(section.port()).isEqualTo(4500);
            assertThat(section.connection()).isEqualTo("IN IP4 10.99.0.1");
            assertThat(section.values("ice-ufrag")).containsExactly(Offers.UFRAG);
            assertThat(section.values("ice-pwd")).containsExactly(Offers.PWD);
            assertThat(section.values("fingerprint")).containsExactly(Offers.OUR_FINGERPRINT);
            assertThat(section.values("setup")).containsExactly("active");
            assertThat(section.has("rtcp-mux")).isTrue();
            assertThat(section.formats()).hasSize(1);
        }
        assertThat(accepted.get(0).values("candidate"))
                .containsExactly(
                        "1 1 udp 2130706431 10.99.0.1 4500 typ host", "2 1 udp 2130706175 127.0.0.1 4500 typ host");
        assertThat(accepted.subList(1, accepted.size())).noneMatch(s -> s.has("candidate"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldAnnounceOneSourceForEachSlotAndNoneElsewhere(String name) {
        // when
        Answered answered = Offers.answered(Offers.named(name));

        // then
        Sdp answer = Offers.read(answered.sdp());
        for (Section section : answered.negotiated().sections()) {
            List<String> announced = answer.sections().get(section.index()).values("ssrc");
            if (section.clientReceives()) {
                assertThat(section.slotSsrc()).isEqualTo(7000 + section.index());
                assertThat(announced).containsExactly(section.slotSsrc() + " cname:convoke");
            } else {
                assertThat(section.slotSsrc()).isZero();
                assertThat(announced).isEmpty();
            }
        }
    }

    @Test
    void shouldReadWhatChromiumOffers() {
        // when
        Negotiated negotiated = Offers.answered(Offers.named("chromium-av")).negotiated();

        // then
        Section audio = negotiated.sections().get(0);
        assertThat(audio.kind()).isEqualTo(Kind.AUDIO);
        assertThat(audio.codec()).isEqualTo("opus");
        assertThat(audio.payloadType()).isEqualTo(111);
        assertThat(audio.audioLevelExtId()).isEqualTo(1);
        assertThat(audio.midExtId()).isEqualTo(4);
        assertThat(audio.remoteSsrcs()).containsExactly(ssrcs("chromium-av", 0)[0]);
        Section video = negotiated.sections().get(1);
        assertThat(video.codec()).isEqualTo("VP8");
        assertThat(video.payloadType()).isEqualTo(96);
        assertThat(video.audioLevelExtId()).isEqualTo(-1);
        assertThat(video.midExtId()).isEqualTo(4);
        assertThat(video.nack() && video.pli() && video.fir() && video.remb()).isTrue();
        assertThat(negotiated.remoteFingerprints()).hasSize(1);
    }

    @Test
    void shouldReadWhatFirefoxOffers() {
        // when
        Negotiated negotiated = Offers.answered(Offers.named("firefox-av")).negotiated();

        // then
        Section audio = negotiated.sections().get(0);
        assertThat(audio.payloadType()).isEqualTo(109);
        assertThat(audio.audioLevelExtId()).isEqualTo(1);
        assertThat(audio.midExtId()).isEqualTo(3);
        assertThat(negotiated.sections().get(1).payloadType()).isEqualTo(120);
        assertThat(negotiated.remoteUfrag()).isEqualTo("61eb39db");
        assertThat(negotiated.remoteFingerprints().get(0).value()).startsWith("B1:CD:11:21");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium-av", "firefox-av", "aiortc-like"})
    void shouldLeaveOutRepairStreams(String name) {
        // given
        int[] announced = ssrcs(name, 1);
        assertThat(announced).hasSize(2);

        // when
        Section video =
                Offers.answered(Offers.named(name)).negotiated().sections().get(1);

        // then
        assertThat(video.remoteSsrcs()).containsExactly(announced[0]);
    }

    @Test
    void shouldTakeBundleOnlySectionsOfFirefoxInSpiteOfPortZero() {
        // given
        Sdp offer = Offers.read(Offers.named("firefox-av-recvonly"));
        assertThat(offer.sections().get(4).port()).isZero();

        // when
        Negotiated negotiated = Offers.answered(offer.write()).negotiated();

        // then
        assertThat(negotiated.sections()).allMatch(Section::accepted);
        assertThat(negotiated.sections().get(4).clientReceives()).isTrue();
        assertThat(negotiated.sections().get(4).clientSends()).isFalse();
    }

    @Test
    void shouldTolerateAnExtensionIdThatMeansSomethingElseInAnotherSection() {
        // when
        Negotiated negotiated = Offers.answered(Offers.named("aiortc-like")).negotiated();

        // then
        assertThat(negotiated.sections().get(0).audioLevelExtId()).isEqualTo(2);
        assertThat(negotiated.sections().get(1).audioLevelExtId()).isEqualTo(-1);
        assertThat(negotiated.sections()).extracting(Section::midExtId).containsExactly(1, 1);
    }

    @Test
    void shouldTakeGStreamersOrderAndNames() {
        // when
        Answered answered = Offers.answered(Offers.named("gstreamer-like"));

        // then
        assertThat(answered.negotiated().sections())
                .extracting(Section::kind)
                .containsExactly(Kind.VIDEO, Kind.AUDIO, Kind.OTHER);
        assertThat(answered.negotiated().sections())
                .extracting(Section::accepted)
                .containsExactly(true, true, false);
        Section video = answered.negotiated().sections().get(0);
        assertThat(new boolean[] {video.nack(), video.pli(), video.fir(), video.remb()})
                .containsExactly(false, true, true, false);
        assertThat(answered.sdp()).contains("a=group:BUNDLE video0 audio1\r\n");
    }

    private static int[] ssrcs(String name, int index) {
        return Offers.read(Offers.named(name)).sections().get(index).values("ssrc").stream()
                .map(v -> v.split(" ", 2)[0])
                .distinct()
                .mapToInt(Integer::parseUnsignedInt)
                .toArray();
    }

    @Test
    void shouldCountSsrcsAsUnsigned() {
        // when
        int[] found = Offers.answered(Offers.SMALL.replace("ssrc:1001", "ssrc:4294967295"))
                .negotiated()
                .sections()
                .get(0)
                .remoteSsrcs();

        // then
        assertThat(Arrays.stream(found).mapToLong(Integer::toUnsignedLong)).containsExactly(4294967295L);
    }
}
