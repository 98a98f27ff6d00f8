package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.conference.ConferenceLeg;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.conference.HostedInstance;
import io.convoke.actors.conference.ToInstance;
import io.convoke.actors.space.Space;
import io.convoke.actors.trace.Ids;
import java.time.Instant;
import java.util.UUID;

/**
 * An instance's identifiers, one set for all it says.
 *
 * @param conference the internal GUID, new for each instance
 * @param media the control/media GUID, likewise
 * @param apiCall the call's GUID in the API, likewise
 * @param correlator given by the conference, one for all its instances
 */
record InstanceIdentity(
        UUID conference, UUID media, UUID apiCall, UUID correlator, UUID space, UUID callbridge, UUID incarnation) {
    static InstanceIdentity fresh(HostContext host, UUID space, UUID correlator) {
        return new InstanceIdentity(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                correlator,
                space,
                host.settings().callbridge(),
                host.incarnation());
    }

    Ids ids() {
        return Ids.none()
                .withConference(conference)
                .withMedia(media)
                .withCorrelator(correlator)
                .withSpace(space)
                .withApiCall(apiCall)
                .withCallbridge(callbridge);
    }

    HostedInstance hosted(ActorRef<HostCommand> host, ActorRef<ToInstance> instance) {
        return new HostedInstance(conference, media, apiCall, callbridge, incarnation, host, instance);
    }

    /** What the conference is asked to take in. */
    ConferenceLeg entry(HostCommand.LegRequest leg, Instant joinedAt) {
        return new ConferenceLeg(
                leg.participant(), leg.user(), leg.name(), leg.session(), leg.loginRequest(), conference, joinedAt);
    }

    LegDetails leg(ConferenceLeg leg, Space meeting, String browser) {
        return new LegDetails(
                leg.participant(),
                leg.user(),
                leg.name(),
                space,
                meeting.name(),
                conference,
                media,
                correlator,
                apiCall,
                callbridge,
                leg.session(),
                leg.loginRequest(),
                browser,
                leg.joinedAt());
    }
}
