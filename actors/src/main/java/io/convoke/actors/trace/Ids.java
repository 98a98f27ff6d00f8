package io.convoke.actors.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers one event concerns; those it does not concern are null.
 *
 * @param loginRequest number of the guest login request, counted per node
 * @param user user ID, {@code guest} and digits
 * @param participant GUID of the call leg, which is the participant's
 * @param conference internal GUID of the conference instance
 * @param media control/media GUID of the conference instance
 * @param correlator call correlator, one for all instances of a conference
 * @param space GUID of the space
 * @param apiCall GUID of the call in the API
 * @param callbridge GUID of the callbridge
 * @param session GUID that the browser's session has at the edge
 * @param callNumber the small integer of {@code call 11: …}, counted per node
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ids(
        @Nullable Long loginRequest,
        @Nullable String user,
        @Nullable UUID participant,
        @Nullable UUID conference,
        @Nullable UUID media,
        @Nullable UUID correlator,
        @Nullable UUID space,
        @Nullable UUID apiCall,
        @Nullable UUID callbridge,
        @Nullable UUID session,
        @Nullable Integer callNumber) {
    private static final Ids NONE = new Ids(null, null, null, null, null, null, null, null, null, null, null);

    /** No identifier at all. */
    public static Ids none() {
        return NONE;
    }

    /** A copy with loginRequest replaced. */
    public Ids withLoginRequest(@Nullable Long loginRequest) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with user replaced. */
    public Ids withUser(@Nullable String user) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with participant replaced. */
    public Ids withParticipant(@Nullable UUID participant) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with conference replaced. */
    public Ids withConference(@Nullable UUID conference) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with media replaced. */
    public Ids withMedia(@Nullable UUID media) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with correlator replaced. */
    public Ids withCorrelator(@Nullable UUID correlator) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with space replaced. */
    public Ids withSpace(@Nullable UUID space) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with apiCall replaced. */
    public Ids withApiCall(@Nullable UUID apiCall) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with callbridge replaced. */
    public Ids withCallbridge(@Nullable UUID callbridge) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with session replaced. */
    public Ids withSession(@Nullable UUID session) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }

    /** A copy with callNumber replaced. */
    public Ids withCallNumber(@Nullable Integer callNumber) {
        return new Ids(
                loginRequest,
                user,
                participant,
                conference,
                media,
                correlator,
                space,
                apiCall,
                callbridge,
                session,
                callNumber);
    }
}
