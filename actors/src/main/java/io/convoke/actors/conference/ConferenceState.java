package io.convoke.actors.conference;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.convoke.actors.state.ClusterMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conference's persisted truth.
 *
 * @param correlator one per meeting: new when an empty conference is hosted again
 * @param epoch never falls, not even across meetings
 * @param locked by an administrator or a host; outlives the meeting
 */
public record ConferenceState(
        UUID space,
        @Nullable UUID correlator,
        long epoch,
        boolean locked,
        List<HostedInstance> instances,
        List<ConferenceLeg> legs)
        implements ClusterMessage {

    static ConferenceState empty(UUID space) {
        return new ConferenceState(space, null, 0, false, List.of(), List.of());
    }

    ConferenceState apply(ConferenceEvent event) {
        if (event instanceof ConferenceEvent.InstanceHosted hosted) {
            return new ConferenceState(
                    space, hosted.correlator(), hosted.epoch(), locked, with(instances, hosted.instance()), legs);
        }
        if (event instanceof ConferenceEvent.InstanceDropped dropped) {
            List<HostedInstance> left = instances.stream()
                    .filter(instance -> !instance.conference().equals(dropped.conference()))
                    .toList();
            List<ConferenceLeg> staying = legs.stream()
                    .filter(leg -> !leg.instance().equals(dropped.conference()))
                    .toList();
            return new ConferenceState(space, left.isEmpty() ? null : correlator, epoch, locked, left, staying);
        }
        if (event instanceof ConferenceEvent.LegAdded added) {
            return new ConferenceState(space, correlator, epoch, locked, instances, with(legs, added.leg()));
        }
        if (event instanceof ConferenceEvent.LegRemoved removed) {
            List<ConferenceLeg> staying = legs.stream()
                    .filter(leg -> !leg.participant().equals(removed.participant()))
                    .toList();
            return new ConferenceState(space, correlator, epoch, locked, instances, staying);
        }
        if (event instanceof ConferenceEvent.EpochRaised raised) {
            return new ConferenceState(space, correlator, raised.epoch(), raised.locked(), instances, legs);
        }
        throw new IllegalStateException("Expected a known event, but found " + event.getClass());
    }

    Optional<HostedInstance> instance(UUID conference) {
        return instances.stream()
                .filter(instance -> instance.conference().equals(conference))
                .findFirst();
    }

    Optional<ConferenceLeg> leg(UUID participant) {
        return legs.stream()
                .filter(leg -> leg.participant().equals(participant))
                .findFirst();
    }

    @JsonIgnore
    boolean isIdle() {
        return instances.isEmpty() && legs.isEmpty();
    }

    private static <T> List<T> with(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return List.copyOf(longer);
    }
}
