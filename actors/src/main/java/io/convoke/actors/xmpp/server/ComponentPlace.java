package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a component is registered. {@code node} is null for this very node. */
record ComponentPlace(ComponentOffer offer, @Nullable ActorRef<StanzaPost.Command> node) {
    String name() {
        return offer.name();
    }

    /** Whether it is the same registration, whatever has become of its load. */
    boolean isSameAs(ComponentPlace other) {
        return name().equals(other.name())
                && offer.registration() == other.offer.registration()
                && Objects.equals(node, other.node);
    }
}
