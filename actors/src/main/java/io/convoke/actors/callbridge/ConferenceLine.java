package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.convoke.actors.conference.ConferenceCommand;
import io.convoke.actors.conference.ConferenceLeg;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.conference.ToInstance;
import io.convoke.actors.space.Space;
import java.util.UUID;

/** What an instance says to its conference, always in its own name; it applies to be hosted until it has its first grant. */
final class ConferenceLine {
    private final RecipientRef<ConferenceCommand> conference;
    private final InstanceIdentity self;
    private final ActorRef<HostCommand> callbridge;
    private final ActorRef<ToInstance> answers;
    private boolean hosted;

    /** {@code callbridge}: where the conference finds the instance's host; {@code answers}: where it answers the instance. */
    ConferenceLine(
            RecipientRef<ConferenceCommand> conference,
            InstanceIdentity self,
            ActorRef<HostCommand> callbridge,
            ActorRef<ToInstance> answers) {
        this.conference = conference;
        this.self = self;
        this.callbridge = callbridge;
        this.answers = answers;
    }

    /** The conference has granted once: it knows the instance. */
    void hosted() {
        hosted = true;
    }

    boolean isHosted() {
        return hosted;
    }

    /** Applies, or asks for the next lease; {@code lapsed}: the instance is locked at the moment. */
    void askForGrant(long request, boolean lapsed) {
        conference.tell(
                hosted
                        ? new ConferenceCommand.RenewGrant(self.conference(), request, lapsed, answers)
                        : new ConferenceCommand.Host(self.hosted(callbridge, answers), self.correlator(), request));
    }

    void lockConfirmed(long epoch) {
        conference.tell(new ConferenceCommand.LockConfirmed(self.conference(), epoch));
    }

    void add(ConferenceLeg leg, Space space) {
        conference.tell(new ConferenceCommand.AddLeg(leg, space));
    }

    void remove(UUID participant, String reason) {
        conference.tell(new ConferenceCommand.RemoveLeg(participant, reason, answers));
    }

    void drop() {
        conference.tell(new ConferenceCommand.DropInstance(self.conference(), answers));
    }
}
