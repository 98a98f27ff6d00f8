package io.convoke.actors.conference;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.receptionist.Receptionist;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which callbridges the cluster lists. One that was listed and is not any more is gone; one that was never listed may only be late, until the time to
 * settle is over.
 */
final class HostWatch {
    private final Set<ActorRef<HostCommand>> seen = new HashSet<>();
    private Set<ActorRef<HostCommand>> listed = Set.of();
    private boolean settled = true;

    /** Has the conference told of each new listing. */
    void subscribe(ActorContext<ConferenceCommand> context) {
        context.getSystem()
                .receptionist()
                .tell(Receptionist.subscribe(
                        HostCommand.KEY,
                        context.messageAdapter(
                                Receptionist.Listing.class,
                                listing -> new ConferenceCommand.Listed(
                                        listing.getAllServiceInstances(HostCommand.KEY)))));
    }

    /** A recovered conference does not know yet whether its hosts live. */
    void unsettle() {
        settled = false;
    }

    void settle() {
        settled = true;
    }

    /** The new listing; answers which instances are gone by it. */
    Predicate<HostedInstance> list(Set<ActorRef<HostCommand>> now) {
        Set<ActorRef<HostCommand>> before = Set.copyOf(seen);
        listed = Set.copyOf(now);
        seen.addAll(listed);
        seen.retainAll(listed);
        return instance -> before.contains(instance.host()) && !listed.contains(instance.host());
    }

    boolean isListed(HostedInstance instance) {
        return listed.contains(instance.host());
    }

    /** Whether nobody can say yet if the instance's host lives. */
    boolean isDoubtful(HostedInstance instance) {
        return !settled && !seen.contains(instance.host());
    }
}
