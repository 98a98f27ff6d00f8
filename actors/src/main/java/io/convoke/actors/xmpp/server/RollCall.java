package io.convoke.actors.xmpp.server;

import java.util.HashSet;
import java.util.Set;

/** Which nodes have said which of a user's clients they have, and which have yet to. Not safe for threads. */
final class RollCall {
    private final UserNodes nodes;
    private final Set<String> told = new HashSet<>();

    RollCall(UserNodes nodes) {
        this.nodes = nodes;
    }

    void told(String uid) {
        told.add(uid);
    }

    /** To be asked, those that do not answer at present too. */
    Set<String> missing() {
        return withoutTold(nodes.all());
    }

    /** Worth waiting for. */
    boolean isWaiting() {
        return !withoutTold(nodes.reachable()).isEmpty();
    }

    private Set<String> withoutTold(Set<String> uids) {
        Set<String> missing = new HashSet<>(uids);
        missing.removeAll(told);
        return missing;
    }
}
