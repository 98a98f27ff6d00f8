package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import io.convoke.actors.space.Space;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.state.GetState;
import java.util.Set;
import java.util.UUID;

/** What a {@link Conference} is told, and what it answers. */
public sealed interface ConferenceCommand {
    /** Where does the conference run, for a participant who comes in through {@code asking}? */
    record Locate(
            Space space,
            UUID callbridge,
            UUID incarnation,
            ActorRef<HostCommand> asking,
            ActorRef<LocateAnswer> replyTo)
            implements ConferenceCommand, ClusterMessage {}

    /** The answer to {@link Locate}. */
    sealed interface LocateAnswer extends ClusterMessage {}

    /** Ask that callbridge: it hosts the conference, or is to host it now. */
    record Located(ActorRef<HostCommand> host, UUID correlator) implements LocateAnswer {}

    /** Nobody would be admitted anyway; {@code code} is one of the client protocol's join errors. */
    record NoEntry(String code, String detail) implements LocateAnswer {}

    /** A new instance announces itself and asks for its first grant. */
    record Host(HostedInstance instance, UUID correlator, long request) implements ConferenceCommand, ClusterMessage {}

    /** An instance asks for another lease; {@code lapsed}: it has locked itself since the last one. */
    record RenewGrant(UUID conference, long request, boolean lapsed, ActorRef<ToInstance> replyTo)
            implements ConferenceCommand, ClusterMessage {}

    /** An instance is locked in that epoch. */
    record LockConfirmed(UUID conference, long epoch) implements ConferenceCommand, ClusterMessage {}

    /** An instance wants a participant in; answered by {@link ToInstance.LegAdded} or {@link ToInstance.LegRefused}. */
    record AddLeg(ConferenceLeg leg, Space space) implements ConferenceCommand, ClusterMessage {}

    /** A participant is out; answered by {@link ToInstance.LegRemoved}, and may be said again. */
    record RemoveLeg(UUID participant, String reason, ActorRef<ToInstance> replyTo)
            implements ConferenceCommand, ClusterMessage {}

    /** An instance ends; answered by {@link ToInstance.Dropped}, and may be said again. */
    record DropInstance(UUID conference, ActorRef<ToInstance> replyTo) implements ConferenceCommand, ClusterMessage {}

    /** A call leg's entity has lost its memory: it is reminded, or told that there is no such leg. */
    record RemindLeg(UUID participant) implements ConferenceCommand, ClusterMessage {}

    /** Says who is in, through {@link ConferencePort#roster}. */
    record TellRoster() implements ConferenceCommand, ClusterMessage {}

    /** Locks or unlocks. A lock is answered when no instance can admit any more, at the latest after a lease. */
    record SetLock(boolean locked, ActorRef<LockAnswer> replyTo) implements ConferenceCommand, ClusterMessage {}

    /** The answer to {@link SetLock}; {@code acknowledged}: false where an unlock overtook the lock. */
    record LockAnswer(boolean locked, long epoch, boolean acknowledged) implements ClusterMessage {}

    record Listed(Set<ActorRef<HostCommand>> callbridges) implements ConferenceCommand {}

    record Asked(GetState question) implements ConferenceCommand {}

    enum Due implements ConferenceCommand {
        /** Callbridges that are not listed by now are gone. */
        SETTLED,
        /** The last lease has run out. */
        LOCK_CLEAR
    }

    /** To rest, when nobody needs it. */
    enum Rest implements ConferenceCommand {
        INSTANCE
    }
}
