package io.convoke.actors.callleg;

import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.trace.Ids;
import java.time.Instant;
import java.util.UUID;

/**
 * Everything about a call leg that never changes.
 *
 * @param participant the leg's GUID
 * @param user the guest account
 * @param name as others see it
 * @param space whose meeting it is
 * @param conference the instance's internal GUID
 * @param media the instance's control/media GUID
 * @param correlator the call correlator, one for all instances
 * @param apiCall the call's GUID in the API
 * @param callbridge that hosts the leg's media
 * @param session of the browser, given by the edge
 * @param loginRequest the guest login request's number
 * @param browser in one word, such as {@code Firefox}
 * @param joinedAt when it was admitted
 */
public record LegDetails(
        UUID participant,
        String user,
        String name,
        UUID space,
        String spaceName,
        UUID conference,
        UUID media,
        UUID correlator,
        UUID apiCall,
        UUID callbridge,
        UUID session,
        long loginRequest,
        String browser,
        Instant joinedAt)
        implements ClusterMessage {
    /** The identifiers for an event of this leg. */
    public Ids ids() {
        return Ids.none()
                .withLoginRequest(loginRequest)
                .withUser(user)
                .withParticipant(participant)
                .withConference(conference)
                .withMedia(media)
                .withCorrelator(correlator)
                .withSpace(space)
                .withApiCall(apiCall)
                .withCallbridge(callbridge)
                .withSession(session);
    }
}
