package io.convoke.protocols.sdp;

/** What a media section carries. */
public enum Kind {
    AUDIO,
    VIDEO,
    /** Data channels and whatever else; never accepted. */
    OTHER
}
