package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.callleg.CallLeg;
import io.convoke.actors.callleg.FromAnchor;
import io.convoke.actors.callleg.RosterEntry;
import io.convoke.actors.callleg.ToAnchor;
import io.convoke.actors.conference.ConferenceLeg;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance's legs, and the roster: who is in says the conference, what they have switched off is known here. */
final class HostedLegs {
    private final Map<UUID, HostedLeg> legs = new LinkedHashMap<>();
    private List<ConferenceLeg> truth = List.of();

    void put(HostedLeg leg) {
        legs.put(leg.details.participant(), leg);
    }

    void remove(HostedLeg leg) {
        legs.remove(leg.details.participant(), leg);
    }

    @Nullable
    HostedLeg get(UUID participant) {
        return legs.get(participant);
    }

    List<HostedLeg> all() {
        return List.copyOf(legs.values());
    }

    int size() {
        return legs.size();
    }

    boolean isEmpty() {
        return legs.isEmpty();
    }

    /** The conference's list of everybody. */
    void truth(List<ConferenceLeg> everybody) {
        truth = everybody;
    }

    /** In the order of joining; who has not opened a session yet is not shown. */
    List<RosterEntry> roster() {
        return truth.stream()
                .map(leg -> legs.get(leg.participant()))
                .filter(Objects::nonNull)
                .filter(HostedLeg::seen)
                .map(HostedLeg::rosterEntry)
                .toList();
    }

    void tellRoster() {
        List<RosterEntry> roster = roster();
        legs.values().stream().filter(HostedLeg::seen).forEach(leg -> leg.tell(new FromAnchor.RosterIs(roster)));
    }

    void tellAll(FromAnchor event) {
        legs.values().forEach(leg -> leg.tell(event));
    }

    /** Starts an entity that has lost its memory anew, or tells it that there is no such leg. */
    void remind(UUID participant, Entities entities, ActorRef<ToAnchor> anchor) {
        HostedLeg leg = legs.get(participant);
        if (leg == null) {
            entities.leg(participant).tell(new CallLeg.NoSuchLeg());
            return;
        }
        entities.leg(participant)
                .tell(new CallLeg.Start(leg.details, anchor, leg.connection(), leg.entry(), roster(), null));
        leg.tellAgain();
    }
}
