package io.convoke.media.client;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a {@link SoftClient}'s offers. */
final class SoftOffer {
    private SoftOffer() {}

    static String write(String ufrag, String pwd, String fingerprint, int version, List<SoftSection> sections) {
        StringBuilder sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=- 4711 " + version + " IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        line(sdp, "a=group:BUNDLE " + sections.stream().map(SoftSection::mid).collect(Collectors.joining(" ")));
        for (SoftSection section : sections) {
            media(sdp, section);
            line(sdp, "a=ice-ufrag:" + ufrag);
            line(sdp, "a=ice-pwd:" + pwd);
            line(sdp, "a=fingerprint:" + fingerprint);
            line(sdp, "a=setup:actpass");
        }
        return sdp.toString();
    }

    private static void media(StringBuilder sdp, SoftSection section) {
        line(sdp, "m=" + (section.video() ? "video" : "audio") + " 9 UDP/TLS/RTP/SAVPF " + section.payloadType());
        line(sdp, "c=IN IP4 0.0.0.0");
        line(sdp, "a=mid:" + section.mid());
        line(sdp, "a=rtcp-mux");
        line(sdp, "a=" + section.direction());
        line(sdp, "a=extmap:" + SoftSection.MID_ID + " urn:ietf:params:rtp-hdrext:sdes:mid");
        if (section.video()) {
            line(sdp, "a=rtpmap:96 VP8/90000");
            line(sdp, "a=rtcp-fb:96 nack");
            line(sdp, "a=rtcp-fb:96 nack pli");
            line(sdp, "a=rtcp-fb:96 ccm fir");
            line(sdp, "a=rtcp-fb:96 goog-remb");
        } else {
            line(sdp, "a=extmap:" + SoftSection.AUDIO_LEVEL_ID + " urn:ietf:params:rtp-hdrext:ssrc-audio-level");
            line(sdp, "a=rtpmap:111 opus/48000/2");
            line(sdp, "a=fmtp:111 minptime=10;useinbandfec=1");
        }
        if (section.sends() && section.announced()) {
            line(sdp, "a=ssrc:" + Integer.toUnsignedString(section.ssrc()) + " cname:soft");
        }
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
