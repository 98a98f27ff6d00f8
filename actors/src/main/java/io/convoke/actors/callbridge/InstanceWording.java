package io.convoke.actors.callbridge;

import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.space.Space;
import io.convoke.actors.trace.Journal;

/** An instance's lines in the log, each once in the life that it tells. */
final class InstanceWording {
    private final Journal journal;
    private final InstanceIdentity self;
    private boolean named;

    InstanceWording(Journal journal, InstanceIdentity self) {
        this.journal = journal;
        this.self = self;
    }

    void mapped(Space space) {
        journal.record(
                "conferenceMapped",
                self.ids(),
                MeetingWording.mapping(space.name(), space.id(), self.correlator(), self.conference()));
    }

    /** With the first leg the conference gets its media and its name. */
    void legCreated(LegDetails leg) {
        journal.record("callLegCreated", leg.ids(), MeetingWording.callLeg(leg));
        if (!named) {
            named = true;
            journal.record("conferenceMedia", leg.ids(), MeetingWording.controlMedia(self.conference(), self.media()));
            journal.record("conferenceNamed", leg.ids(), MeetingWording.named(self.conference(), leg.spaceName()));
        }
    }

    void destroyed() {
        journal.record("conferenceDestroyed", self.ids(), "conference " + self.media() + " destroyed");
    }
}
