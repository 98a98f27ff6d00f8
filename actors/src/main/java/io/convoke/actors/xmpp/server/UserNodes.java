package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import java.util.Optional;
import java.util.Set;

/** The nodes that may have a user's clients, by their IDs in the cluster. Safe from any thread. */
interface UserNodes {
    /** All that neither leave nor are taken for dead. */
    Set<String> all();

    /** Those of them that answer at present, as far as is known. */
    Set<String> reachable();

    /** Empty where it is not known yet. */
    Optional<ActorRef<StanzaPost.Command>> post(String uid);
}
