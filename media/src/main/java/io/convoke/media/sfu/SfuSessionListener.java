package io.convoke.media.sfu;

import java.util.List;

/** Hears what happens to one session. Called on the event loop that also moves the packets: hand over at once, never block. */
public interface SfuSessionListener {
    /** The peer connection got further. {@code detail} is for people: what was negotiated, or why it failed. */
    void mediaState(MediaState state, String detail);

    /** Another assignment of streams to slots; {@code wanted…} is how many slots of each kind would carry everything there is. */
    void slots(List<Slot> slots, int wantedAudio, int wantedVideo);

    /** The first packet of that kind ({@code audio} or {@code video}) arrived from the client. */
    void firstMedia(String kind);
}
