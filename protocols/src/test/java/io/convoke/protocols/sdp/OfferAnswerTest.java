package io.convoke.protocols.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OfferAnswerTest {
    private static final String LEVEL = "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level";

    static Stream<Arguments> nonsense() {
        String small = Offers.SMALL;
        return Stream.of(
                rejected("", "missingLine", "the lines v= o= s= t= (RFC 8866)", "no v= line"),
                rejected("hello\r\n", "badLine", "a line of the form x=value", "line 1: hello"),
                rejected("o=- 1 1 IN IP4 x\n", "missingLine", "v=0 as the first line", "o="),
                rejected(
                        small.replace("v=0", "v=1"),
                        "badLine",
                        "v=0 as the first line and nowhere else",
                        "line 1: v=1"),
                rejected(
                        small.replace("t=0 0\r\n", ""),
                        "missingLine",
                        "the lines v= o= s= t= (RFC 8866)",
                        "no t= line"),
                rejected(
                        small.replace("o=- 1", "o=- -1"),
                        "badLine",
                        "one line o=<user> <number> <number> IN IP4 <address>",
                        "line 2: o=- -1 2 IN IP4 127.0.0.1"),
                rejected(
                        small.replace("m=audio 9", "m=audio 65536"),
                        "badLine",
                        "m=<media> <port> <protocol> <format> ...",
                        "line 6: m=audio 65536 UDP/TLS/RTP/SAVPF 111"),
                rejected(
                        small.replace("SAVPF 96", "SAVPF"),
                        "badLine",
                        "m=<media> <port> <protocol> <format> ...",
                        "line 18: m=video 9 UDP/TLS/RTP/SAVPF"),
                rejected(
                        small.replace("c=IN IP4 0.0.0.0", "c=IN"),
                        "badLine",
                        "c=IN IP4 <address> or c=IN IP6 <address>",
                        "line 7: c=IN"),
                rejected(
                        small.replace("a=mid:v", "a= mid:v"),
                        "badLine",
                        "a=<name> or a=<name>:<value>",
                        "line 20: a= mid:v"),
                rejected(
                        small.replace("a=mid:v", "a=mid\0:v"),
                        "badLine",
                        "a line without control characters",
                        "line 20: a=mid?:v"),
                rejected(
                        small.replace("a=ice-pwd:", "a=\0ice-pwd:"),
                        "badLine",
                        "a line without control characters",
                        "line 9: a line with a secret"),
                rejected(
                        small.replace("a=group:BUNDLE a v\r\n", ""),
                        "noBundle",
                        "a=group:BUNDLE with the mids of all media sections",
                        "no BUNDLE group"),
                rejected(
                        small.replace("BUNDLE a v", "BUNDLE a x"),
                        "badBundle",
                        "a=group:BUNDLE with mids of media sections",
                        "unknown mid x"),
                rejected(
                        small.replace("BUNDLE a v", "BUNDLE a a"),
                        "badBundle",
                        "a=group:BUNDLE with each mid once",
                        "BUNDLE a a"),
                rejected(
                        small.replace("a=mid:v", "a=mid:a"),
                        "duplicateMid",
                        "a mid of its own for each media section",
                        "mid a twice"),
                rejected(
                        small.replace("a=mid:v", "a=mid:v v"),
                        "badMid",
                        "a=mid:<token of at most 64 characters>",
                        "v v"),
                rejected(
                        small.replaceFirst("a=rtcp-mux\r\n", ""),
                        "noRtcpMux",
                        "a=rtcp-mux in each media section",
                        "none in mid a"),
                rejected(
                        small.replace("actpass", "active"),
                        "badSetup",
                        "a=setup:actpass or a=setup:passive, as the server is always active",
                        "a=setup:active"),
                rejected(
                        small.replace("t=0 0", "t=0 0\r\na=ice-lite"),
                        "iceLite",
                        "a client with full ICE, as the server is ICE-lite",
                        "a=ice-lite"),
                rejected(
                        small.replace("a=ice-ufrag:abcd", "a=ice-ufrag:abc"),
                        "badIceUfrag",
                        "a=ice-ufrag with 4 to 256 ICE characters",
                        "abc"),
                rejected(
                        small.replace("a=ice-ufrag:abcd\r\n", ""),
                        "badIceUfrag",
                        "a=ice-ufrag with 4 to 256 ICE characters",
                        "none"),
                rejected(
                        small.replace("0123456789abcdef012345", "short"),
                        "badIcePwd",
                        "a=ice-pwd with 22 to 256 ICE characters beside a=ice-ufrag",
                        "5 characters"),
                rejected(
                        small.replaceAll("a=fingerprint.*\r\n", ""),
                        "badFingerprint",
                        "a=fingerprint with sha-256, sha-384 or sha-512 and its bytes in hexadecimal",
                        "none"),
                rejected(
                        small.replaceAll("a=fingerprint.*\r\n", "a=fingerprint:sha-1 AB:CD\r\n"),
                        "badFingerprint",
                        "a=fingerprint with sha-256, sha-384 or sha-512 and its bytes in hexadecimal",
                        "sha-1 AB:CD"),
                rejected(
                        small.replace(LEVEL, "a=extmap:0 urn:x"),
                        "badExtmap",
                        "a=extmap:<1 to 255>[/<direction>] <URI>",
                        "a=extmap:0 urn:x"),
                rejected(
                        small.replace("ssrc:1001", "ssrc:4294967296"),
                        "badSsrc",
                        "an SSRC from 0 to 4294967295",
                        "a=ssrc:4294967296 cname:x"),
                rejected(
                        small.replace("ssrc:1001", "ssrc:2002"),
                        "duplicateSsrc",
                        "each SSRC in one sending section",
                        "2002 in mid a and mid v"),
                rejected(
                        small.replace("opus", "speex").replace("VP8", "H264"),
                        "nothingUsable",
                        "at least one audio section with opus/48000/2 or video section with VP8/90000 in the BUNDLE group",
                        "audio, video"));
    }

    private static Arguments rejected(String offer, String code, String expected, String found) {
        return Arguments.of(offer, new Rejected(code, expected, found));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("nonsense")
    void shouldSayWhatWasExpectedAndFound(String offer, Rejected rejection) {
        assertThat(Offers.rejected(offer)).isEqualTo(rejection);
    }

    @Test
    void shouldRefuseOnlyTheSectionWithoutATakenCodec() {
        // when
        Answered answered = Offers.answered(Offers.SMALL.replace("VP8", "H264"));

        // then
        assertThat(answered.negotiated().sections())
                .extracting(Section::accepted)
                .containsExactly(true, false);
        assertThat(answered.sdp())
                .contains("a=group:BUNDLE a\r\n")
                .endsWith(
                        "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:v\r\na=inactive\r\na=rtpmap:96 H264/90000\r\n");
    }

    @Test
    void shouldMakeTheFirstAcceptedSectionCarryTheCandidates() {
        // when
        Sdp answer = Offers.read(
                Offers.answered(Offers.SMALL.replace("opus", "speex")).sdp());

        // then
        assertThat(answer.sections().get(0).port()).isZero();
        assertThat(answer.sections().get(1).values("candidate")).hasSize(2);
    }

    @Test
    void shouldRefuseASectionOutsideTheBundle() {
        // when
        Answered answered = Offers.answered(Offers.SMALL.replace("BUNDLE a v", "BUNDLE a"));

        // then
        assertThat(answered.negotiated().sections())
                .extracting(Section::accepted)
                .containsExactly(true, false);
    }

    @Test
    void shouldKeepAStoppedSectionStopped() {
        // when
        Answered answered = Offers.answered(Offers.SMALL.replace("m=video 9", "m=video 0"));

        // then
        assertThat(answered.negotiated().sections().get(1).accepted()).isFalse();
        assertThat(answered.sdp()).contains("m=video 0 ").contains("a=group:BUNDLE a\r\n");
    }

    @Test
    void shouldTakeCredentialsFingerprintAndSetupFromTheSession() {
        // given
        String transport = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdef012345\r\na=fingerprint:sha-256 "
                + "0B:".repeat(31) + "0B\r\na=setup:actpass\r\n";
        String offer = Offers.SMALL.replace(transport, "").replace("t=0 0\r\n", "t=0 0\r\n" + transport);

        // when
        Negotiated negotiated = Offers.answered(offer).negotiated();

        // then
        assertThat(negotiated.remoteUfrag()).isEqualTo("abcd");
        assertThat(negotiated.remotePwd()).isEqualTo("0123456789abcdef012345");
        assertThat(negotiated.remoteFingerprints()).hasSize(1);
    }

    @Test
    void shouldUseTheFirstCredentialsOfTheBundle() {
        // given
        String offer =
                Offers.SMALL.replace("a=mid:v", "a=mid:v\r\na=ice-ufrag:other\r\na=ice-pwd:otherpassword01234567890");

        // then
        assertThat(Offers.answered(offer).negotiated().remoteUfrag()).isEqualTo("abcd");
        assertThat(Offers.answered(offer.replace("BUNDLE a v", "BUNDLE v a"))
                        .negotiated()
                        .remoteUfrag())
                .isEqualTo("other");
    }

    @Test
    void shouldTakePassiveAndMissingSetup() {
        assertThat(Offers.answered(Offers.SMALL.replace("actpass", "passive")).sdp())
                .contains("a=setup:active\r\n");
        assertThat(Offers.answered(Offers.SMALL.replace("a=setup:actpass\r\n", ""))
                        .sdp())
                .contains("a=setup:active\r\n");
    }

    @Test
    void shouldReadOneStrongFingerprintAmongWeakOnes() {
        // given
        String strong = "sha-512 " + "cd:".repeat(63) + "cd";
        String offer = Offers.SMALL.replaceAll(
                "a=fingerprint.*\r\n", "a=fingerprint:sha-1 AB:CD\r\na=fingerprint:" + strong + "\r\n");

        // when
        List<Fingerprint> fingerprints = Offers.answered(offer).negotiated().remoteFingerprints();

        // then
        assertThat(fingerprints).containsExactly(new Fingerprint("sha-512", "CD:".repeat(63) + "CD"));
        assertThat(fingerprints.get(0).digest()).hasSize(64).containsOnly(0xCD);
    }

    @ParameterizedTest
    @CsvSource({
        "a=extmap:7 URI, 7, a=extmap:7 URI",
        "a=extmap:7/sendonly URI, 7, a=extmap:7/recvonly URI",
        "a=extmap:7/recvonly URI, -1, ",
        "a=extmap:4096 URI, -1, ",
        "'a=extmap:7 URI\r\na=extmap:7 urn:other', -1, ",
        "'a=extmap:7 urn:other\r\na=extmap:7 URI\r\na=extmap:9 URI', 9, a=extmap:9 URI",
    })
    void shouldTakeTheAudioLevelOnlyWhereItsIdIsClear(String offered, int id, String answered) {
        // given
        String uri = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

        // when
        Answered answer = Offers.answered(Offers.SMALL.replace(LEVEL, offered.replace("URI", uri)));

        // then
        assertThat(answer.negotiated().sections().get(0).audioLevelExtId()).isEqualTo(id);
        assertThat(answer.sdp().contains("extmap")).isEqualTo(answered != null);
        if (answered != null) {
            assertThat(answer.sdp()).contains(answered.replace("URI", uri) + "\r\n");
        }
    }

    @Test
    void shouldPassOverPayloadTypesThatLookLikeRtcp() {
        // given
        String offer = Offers.SMALL
                .replace("SAVPF 96", "SAVPF 72 97")
                .replace("a=rtpmap:96 VP8/90000", "a=rtpmap:72 VP8/90000\r\na=rtpmap:97 vp8/90000");

        // then
        assertThat(Offers.answered(offer).negotiated().sections().get(1).payloadType())
                .isEqualTo(97);
    }

    @Test
    void shouldUnderstandFeedbackForAllPayloadTypes() {
        // when
        Section video = Offers.answered(Offers.SMALL.replace("rtcp-fb:96 nack", "rtcp-fb:* nack pli"))
                .negotiated()
                .sections()
                .get(1);

        // then
        assertThat(video.pli()).isTrue();
        assertThat(video.nack()).isFalse();
    }

    @Test
    void shouldHideSecretsInTexts() {
        assertThat(Offers.answered(Offers.SMALL).toString()).doesNotContain(Offers.PWD, "0123456789abcdef");
        assertThat(Offers.spec().toString()).doesNotContain(Offers.PWD);
        assertThat(Offers.read(Offers.SMALL).toString()).doesNotContain("0123456789abcdef");
    }
}
