package io.convoke.actors.callbridge;

import io.convoke.actors.conference.InstanceLock;
import io.convoke.actors.conference.InstanceLock.Change;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import java.util.UUID;

/** An instance's lock together with the lines it writes: every change is said, and nothing that did not happen. */
final class LockKeeper {
    private final InstanceLock lock;
    private final UUID conference;
    private final Ids ids;
    private final Journal journal;

    LockKeeper(int driftPermille, UUID conference, Ids ids, Journal journal) {
        this.lock = new InstanceLock(driftPermille);
        this.conference = conference;
        this.ids = ids;
        this.journal = journal;
        lacksConsensus(Severity.INFO);
    }

    InstanceLock lock() {
        return lock;
    }

    void granted(long nowNanos, long request, long epoch, boolean open, long leaseNanos) {
        report(lock.granted(nowNanos, request, epoch, open, leaseNanos));
    }

    void lock(long epoch) {
        report(lock.lock(epoch));
    }

    void tick(long nowNanos) {
        report(lock.tick(nowNanos));
    }

    private void report(Change change) {
        switch (change) {
            case OPENED -> state("unlocked");
            case LOCKED -> state("locked");
            case LAPSED -> lacksConsensus(Severity.WARNING);
            case NONE -> {}
        }
    }

    private void lacksConsensus(Severity severity) {
        journal.record(
                Facility.USER,
                severity,
                "host:server",
                "conferenceLockNoConsensus",
                ids,
                MeetingWording.conference(conference, "locked due to lack of lock consensus"));
        state("locked");
    }

    private void state(String state) {
        journal.record(
                "unlocked".equals(state) ? "conferenceUnlocked" : "conferenceLocked",
                ids,
                MeetingWording.conference(conference, "lock state has changed to " + state));
    }
}
