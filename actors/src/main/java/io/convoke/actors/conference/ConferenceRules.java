package io.convoke.actors.conference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What follows from what, for a conference's instances. */
final class ConferenceRules {
    private ConferenceRules() {}

    /** Events that take an instance out. */
    static List<ConferenceEvent> drop(ConferenceState state, Predicate<HostedInstance> which, String reason) {
        List<ConferenceEvent> events = new ArrayList<>();
        for (HostedInstance instance : state.instances()) {
            if (which.test(instance)) {
                events.add(new ConferenceEvent.InstanceDropped(instance.conference(), reason));
            }
        }
        return events;
    }

    /** An instance left behind by an earlier life of the callbridge that asks now. */
    static Predicate<HostedInstance> ofAnEarlierLife(UUID callbridge, UUID incarnation) {
        return instance -> instance.callbridge().equals(callbridge)
                && !instance.incarnation().equals(incarnation);
    }

    /** The instance that keeps another callbridge from hosting; media of one conference sits on one node. */
    static Optional<HostedInstance> inTheWayOf(ConferenceState state, UUID callbridge) {
        return state.instances().stream()
                .filter(instance -> !instance.callbridge().equals(callbridge))
                .findFirst();
    }

    /** The legs that go with the instances the events drop. */
    static List<ConferenceLeg> legsGoingWith(ConferenceState state, List<ConferenceEvent> events) {
        return state.legs().stream()
                .filter(leg -> events.stream()
                        .anyMatch(event -> event instanceof ConferenceEvent.InstanceDropped dropped
                                && dropped.conference().equals(leg.instance())))
                .toList();
    }
}
