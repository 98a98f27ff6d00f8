package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.JwtVerifier;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The web bridge's C2W links, and the keys of the callbridges behind them; a key is remembered when its link is gone. */
final class LinkTable {
    private static final int MOST_KEYS = 64;

    /** One link; it takes joins from the callbridge's hello on. */
    static final class Link {
        final UUID id;
        final C2wConnection connection;
        final Instant since;
        C2wMessage.@Nullable Hello hello;
        int joinsInFlight;
        int sessions;
        /** The callbridge has said goodbye: no more joins go there. */
        boolean leaving;

        private Link(UUID id, C2wConnection connection, Instant since) {
            this.id = id;
            this.connection = connection;
            this.since = since;
        }

        int load() {
            return joinsInFlight + sessions;
        }
    }

    private final Map<UUID, Link> links = new LinkedHashMap<>();
    private final Map<UUID, JwtVerifier> keys = new LinkedHashMap<>();

    Link add(UUID id, C2wConnection connection, Instant now) {
        Link link = new Link(id, connection, now);
        links.put(id, link);
        return link;
    }

    @Nullable
    Link get(UUID id) {
        return links.get(id);
    }

    @Nullable
    Link remove(UUID id) {
        return links.remove(id);
    }

    /** Fails on a version or a key that cannot be used; the link takes no joins then. */
    void greeted(Link link, C2wMessage.Hello hello) throws C2wFailure {
        if (hello.version() != C2wMessage.VERSION) {
            throw new C2wFailure(
                    C2wFailure.Reason.VERSION,
                    "Expected C2W version " + C2wMessage.VERSION + ", but the callbridge (" + hello.software()
                            + ") speaks version " + hello.version());
        }
        JwtVerifier key = new JwtVerifier(hello.jwtKey());
        link.hello = hello;
        if (keys.size() == MOST_KEYS && !keys.containsKey(hello.callbridge())) {
            keys.remove(keys.keySet().iterator().next());
        }
        keys.put(hello.callbridge(), key);
    }

    Optional<JwtVerifier> key(UUID callbridge) {
        return Optional.ofNullable(keys.get(callbridge));
    }

    Optional<Link> leastLoaded() {
        return links.values().stream()
                .filter(link -> link.hello != null && !link.leaving)
                .min(Comparator.comparingInt(Link::load));
    }

    /** The callbridge's newest link. */
    Optional<Link> to(UUID callbridge) {
        return links.values().stream()
                .filter(link -> link.hello != null
                        && !link.leaving
                        && link.hello.callbridge().equals(callbridge))
                .reduce((older, newer) -> newer);
    }

    Collection<Link> all() {
        return links.values();
    }
}
