package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import io.convoke.actors.state.ClusterMessage;
import java.util.UUID;

/**
 * A conference's instance on a callbridge.
 *
 * @param conference its internal GUID
 * @param media its control/media GUID
 * @param apiCall the call's GUID in the API
 * @param callbridge where it runs
 * @param incarnation of that callbridge: new at each start, so that what a crash left behind is told apart
 * @param host the callbridge
 * @param instance the instance itself
 */
public record HostedInstance(
        UUID conference,
        UUID media,
        UUID apiCall,
        UUID callbridge,
        UUID incarnation,
        ActorRef<HostCommand> host,
        ActorRef<ToInstance> instance)
        implements ClusterMessage {}
