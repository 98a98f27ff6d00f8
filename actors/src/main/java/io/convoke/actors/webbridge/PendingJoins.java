package io.convoke.actors.webbridge;

import akka.actor.typed.ActorRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins on their way to a callbridge, by the web bridge's own number. */
final class PendingJoins {
    /** Who waits, and on which link. */
    record Pending(LinkTable.Link link, String host, ActorRef<JoinOutcome> replyTo) {}

    private final Map<Long, Pending> byNumber = new LinkedHashMap<>();
    private long last;

    long add(LinkTable.Link link, String host, ActorRef<JoinOutcome> replyTo) {
        byNumber.put(++last, new Pending(link, host, replyTo));
        link.joinsInFlight++;
        return last;
    }

    @Nullable
    Pending remove(long number) {
        Pending pending = byNumber.remove(number);
        if (pending != null) {
            pending.link().joinsInFlight--;
        }
        return pending;
    }

    List<Long> on(LinkTable.Link link) {
        return byNumber.entrySet().stream()
                .filter(entry -> entry.getValue().link() == link)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Long> all() {
        return List.copyOf(byNumber.keySet());
    }

    int size() {
        return byNumber.size();
    }
}
