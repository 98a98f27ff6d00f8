package io.convoke.actors.xmpp.server;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Which callbridge decides a login: the one with the least load, this node's own where two are alike. Pure. */
final class LoginChoice {
    /** So many logins in progress weigh as much as a callbridge full of call legs. */
    private static final double LOGINS_PER_FULL = 100;

    private LoginChoice() {}

    /** {@code begun}: logins that this node has begun at a callbridge, which its last report may not know yet. */
    static Optional<ComponentPlace> leastLoaded(List<ComponentPlace> callbridges, ToIntFunction<ComponentPlace> begun) {
        return callbridges.stream()
                .min(Comparator.<ComponentPlace>comparingDouble(place -> load(place.offer(), begun.applyAsInt(place)))
                        .thenComparing(place -> place.node() == null ? 0 : 1)
                        .thenComparing(ComponentPlace::name));
    }

    private static double load(ComponentOffer offer, int begun) {
        double legs = offer.maxLegs() == 0 ? 0 : (double) offer.legs() / offer.maxLegs();
        return legs + Math.max(begun, offer.logins()) / LOGINS_PER_FULL;
    }
}
