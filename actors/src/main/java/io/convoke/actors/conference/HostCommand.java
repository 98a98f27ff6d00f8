package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.ServiceKey;
import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.space.Space;
import io.convoke.actors.state.ClusterMessage;
import java.util.UUID;

/** What a callbridge takes from others. */
public sealed interface HostCommand extends ClusterMessage {
    /** Every callbridge of the cluster is registered under it. */
    ServiceKey<HostCommand> KEY = ServiceKey.create(HostCommand.class, "convoke-callbridge");

    /** Admit a participant to the space's conference, which this callbridge hosts or is to host. */
    record AdmitLeg(Space space, UUID correlator, LegRequest leg, ActorRef<AdmitAnswer> replyTo)
            implements HostCommand {}

    /** Who wants in. */
    record LegRequest(UUID participant, String user, String name, UUID session, long loginRequest, String browser)
            implements ClusterMessage {}

    /** The answer to {@link AdmitLeg}. */
    sealed interface AdmitAnswer extends ClusterMessage {}

    /** The call leg is there. */
    record Admitted(LegDetails leg) implements AdmitAnswer {}

    /** Not admitted; {@code code} is one of the client protocol's join errors. */
    record NotAdmitted(UUID participant, String code, String detail) implements AdmitAnswer {}

    /** The conference is not hosted here any more: ask it anew. */
    record Moved(UUID participant) implements AdmitAnswer {}
}
