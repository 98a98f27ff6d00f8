package io.convoke.media.sfu;

/** No further session is taken: the configured number of sessions is reached, or the forwarding unit or conference is closed. */
public final class SfuFull extends Exception {
    private static final long serialVersionUID = 1;

    SfuFull(String words) {
        super(words);
    }
}
