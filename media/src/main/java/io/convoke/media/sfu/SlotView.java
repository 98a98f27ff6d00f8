package io.convoke.media.sfu;

import java.util.ArrayList;
import java.util.List;

/** What one client was last told about its slots. */
final class SlotView {
    private List<Slot> audio = List.of();
    private List<Slot> video = List.of();
    private int wantedAudio;
    private int wantedVideo;

    /** Takes the slots of one kind as they are now; whether the client knew them otherwise. */
    boolean update(boolean ofVideo, List<OutgoingStream> slots, int wanted) {
        List<Slot> now = slots.stream().map(OutgoingStream::describe).toList();
        boolean changed =
                ofVideo ? !now.equals(video) || wanted != wantedVideo : !now.equals(audio) || wanted != wantedAudio;
        if (ofVideo) {
            video = now;
            wantedVideo = wanted;
        } else {
            audio = now;
            wantedAudio = wanted;
        }
        return changed;
    }

    /** Tells the session's owner, in the order of the media sections. */
    void tell(Session session) {
        List<Slot> all = new ArrayList<>();
        for (OutgoingStream slot : session.media().slots()) {
            all.add(slot.describe());
        }
        session.slots(List.copyOf(all), wantedAudio, wantedVideo);
    }
}
