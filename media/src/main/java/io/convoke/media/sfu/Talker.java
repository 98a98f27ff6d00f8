package io.convoke.media.sfu;

import java.util.UUID;

/** How loud one participant is: collects the levels of RFC 6464 between two evaluations of the {@link SpeakerDetector}. */
final class Talker {
    private static final int SILENCE_DBOV = 127;

    final UUID participant;

    private int sum;
    private int count;
    /** 0 (silence) to 127 (as loud as can be), smoothed over evaluations. */
    int loudness;

    boolean speaking;
    int evaluationsOtherwise; // in a row that speak against the present state

    Talker(UUID participant) {
        this.participant = participant;
    }

    /** One packet's level in −dBov: 0 is the loudest, 127 silence. */
    void heard(int dbov) {
        sum += SILENCE_DBOV - dbov;
        count++;
    }

    /** Nothing counts any more: muted, or gone. */
    void silence() {
        sum = 0;
        count = 0;
        loudness = 0;
    }

    /** Takes what was heard since the last call into the loudness; rises at once and decays by halves. */
    void settle() {
        int heard = count == 0 ? 0 : sum / count;
        loudness = heard >= loudness ? (heard * 3 + loudness) / 4 : (heard + loudness) / 2;
        sum = 0;
        count = 0;
    }
}
