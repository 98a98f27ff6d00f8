package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.dns.AddressOrder;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one server, tried one after the other without waiting for the last to fail (RFC 8305 §5). Keeps the book; whoever owns it opens and
 * closes connections.
 */
final class ConnectionRace {
    /** RFC 8305 §8, "Connection Attempt Delay". */
    static final long STAGGER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    static final String TO_BE_TRIED = "not tried yet";
    private static final String TRYING = "connecting";

    private record Attempt(Candidate candidate, long deadlineNanos) {}

    private final List<Candidate> untried = new ArrayList<>();
    private final Map<Long, Attempt> inFlight = new LinkedHashMap<>();
    private long lastStartNanos;
    private long nextStartNanos = Long.MAX_VALUE;

    /** Addresses that came to be known; the order of those not tried yet is made anew. */
    List<Candidate> offer(Target target, List<InetAddress> addresses) {
        List<Candidate> fresh = addresses.stream()
                .map(address -> new Candidate(target, address, TO_BE_TRIED))
                .toList();
        untried.addAll(fresh);
        List<InetAddress> six = new ArrayList<>();
        List<InetAddress> four = new ArrayList<>();
        Map<InetAddress, Candidate> byAddress = new LinkedHashMap<>();
        for (Candidate candidate : untried) {
            InetAddress address = candidate.address;
            if (address instanceof Inet6Address) {
                six.add(address);
            } else if (address instanceof Inet4Address) {
                four.add(address);
            }
            if (address != null) {
                byAddress.put(address, candidate);
            }
        }
        untried.clear();
        AddressOrder.interleaved(six, four).forEach(address -> untried.add(byAddress.get(address)));
        if (!inFlight.isEmpty() && !untried.isEmpty() && nextStartNanos == Long.MAX_VALUE) {
            nextStartNanos = lastStartNanos + STAGGER_NANOS;
        }
        return fresh;
    }

    /** The next to connect to under that number; null where all have been tried. */
    @Nullable
    Candidate start(long nowNanos, long attempt, long timeoutNanos) {
        if (untried.isEmpty()) {
            nextStartNanos = Long.MAX_VALUE;
            return null;
        }
        Candidate next = untried.remove(0);
        next.outcome = TRYING;
        inFlight.put(attempt, new Attempt(next, nowNanos + timeoutNanos));
        lastStartNanos = nowNanos;
        nextStartNanos = untried.isEmpty() ? Long.MAX_VALUE : nowNanos + STAGGER_NANOS;
        return next;
    }

    boolean isStartDue(long nowNanos) {
        return nextStartNanos != Long.MAX_VALUE && nowNanos - nextStartNanos >= 0;
    }

    /** Takes an attempt out; null where there is none of that number. */
    @Nullable
    Candidate end(long attempt) {
        Attempt ended = inFlight.remove(attempt);
        return ended == null ? null : ended.candidate;
    }

    /** Attempts whose time is over. */
    List<Long> expired(long nowNanos) {
        return inFlight.entrySet().stream()
                .filter(entry -> nowNanos - entry.getValue().deadlineNanos() >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Somebody won: the others are to be closed. Those not tried yet stay. */
    List<Long> stop() {
        List<Long> others = List.copyOf(inFlight.keySet());
        inFlight.values().forEach(attempt -> attempt.candidate().outcome = "given up: another address was quicker");
        inFlight.clear();
        nextStartNanos = Long.MAX_VALUE;
        return others;
    }

    boolean hasUntried() {
        return !untried.isEmpty();
    }

    boolean isIdle() {
        return inFlight.isEmpty();
    }

    long deadlineNanos() {
        long deadline = nextStartNanos;
        for (Attempt attempt : inFlight.values()) {
            deadline = earlier(deadline, attempt.deadlineNanos());
        }
        return deadline;
    }

    /** {@code Long.MAX_VALUE} is never. */
    static long earlier(long a, long b) {
        if (a == Long.MAX_VALUE || b == Long.MAX_VALUE) {
            return a == Long.MAX_VALUE ? b : a;
        }
        return a - b < 0 ? a : b;
    }
}
