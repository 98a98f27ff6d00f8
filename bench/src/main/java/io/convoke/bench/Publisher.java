package io.convoke.bench;

import io.convoke.media.client.SoftClient;
import io.convoke.media.client.SoftSection;

/** Sends Opus-sized packets, numbered and stamped as one voice. */
final class Publisher {
    /** 20 ms at about 69 kbit/s: what browsers send of a stereo voice at most. */
    private static final byte[] PAYLOAD = new byte[172];

    private static final int SAMPLES = 480; // 10 ms at 48 kHz
    private static final int LEVEL_DBOV = 30;

    private final SoftClient client;
    private final SoftSection voice;
    private int sequence;

    Publisher(SoftClient client, SoftSection voice) {
        this.client = client;
        this.voice = voice;
    }

    void next() {
        sequence++;
        client.send(voice, sequence & 0xFFFF, sequence * SAMPLES, false, LEVEL_DBOV, PAYLOAD);
    }
}
