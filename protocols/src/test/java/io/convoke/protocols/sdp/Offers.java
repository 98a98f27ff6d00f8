package io.convoke.protocols.sdp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Offers captured from browsers (Chromium 156, Firefox 153) and modelled on other clients, and our side of the answer. */
final class Offers {
    static final String OUR_FINGERPRINT = "sha-256 " + "AA:".repeat(31) + "AA";
    static final String UFRAG = "srvU";
    static final String PWD = "server-password-0123456789";

    /** A small right offer; tests bend it. */
    static final String SMALL = String.join(
            "\r\n",
            "v=0",
            "o=- 1 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE a v",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            "a=ice-ufrag:abcd",
            "a=ice-pwd:0123456789abcdef012345",
            "a=fingerprint:sha-256 " + "0B:".repeat(31) + "0B",
            "a=setup:actpass",
            "a=mid:a",
            "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            "a=sendrecv",
            "a=rtcp-mux",
            "a=rtpmap:111 opus/48000/2",
            "a=ssrc:1001 cname:x",
            "m=video 9 UDP/TLS/RTP/SAVPF 96",
            "c=IN IP4 0.0.0.0",
            "a=mid:v",
            "a=sendrecv",
            "a=rtcp-mux",
            "a=rtpmap:96 VP8/90000",
            "a=rtcp-fb:96 nack",
            "a=ssrc:2002 cname:x",
            "");

    private Offers() {}

    static String named(String name) {
        try (var in = Offers.class.getResourceAsStream(name + ".sdp")) {
            if (in == null) {
                throw new IllegalArgumentException("No offer " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Slot SSRCs are 7000 + m-line index. */
    static AnswerSpec spec() {
        return new AnswerSpec(
                UFRAG,
                PWD,
                OUR_FINGERPRINT,
                List.of(
                        "candidate:1 1 udp 2130706431 10.99.0.1 4500 typ host",
                        "a=candidate:2 1 udp 2130706175 127.0.0.1 4500 typ host"),
                42,
                3,
                "convoke",
                index -> 7000 + index,
                Limits.DEFAULT);
    }

    static Answered answered(String offer) {
        AnswerResult result = OfferAnswer.answer(offer, spec());
        if (result instanceof Answered answered) {
            return answered;
        }
        throw new AssertionError("Expected an answer, but " + result);
    }

    static Rejected rejected(String offer) {
        AnswerResult result = OfferAnswer.answer(offer, spec());
        if (result instanceof Rejected rejected) {
            return rejected;
        }
        throw new AssertionError("Expected a rejection, but " + result);
    }

    /** Any description that must be readable, ours above all. */
    static Sdp read(String text) {
        SdpResult result = Sdp.parse(text, Limits.DEFAULT);
        if (result instanceof Parsed parsed) {
            return parsed.sdp();
        }
        throw new AssertionError("Expected a description, but " + result);
    }
}
