package io.convoke.actors.callbridge;

import io.convoke.actors.conference.HostCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Those on their way into an instance: at first waiting for its lock to open, then for the conference's word, then for their call leg. */
final class Admissions {
    static final int MOST = 64;

    /** One of them. {@code asked}: the conference was asked to take the leg. */
    record Admission(HostCommand.AdmitLeg admit, long sinceNanos, boolean asked) {}

    private final Map<UUID, Admission> byParticipant = new LinkedHashMap<>();

    /** False when there is no room. A participant who asks again takes the former place. */
    boolean add(HostCommand.AdmitLeg admit, long nowNanos) {
        UUID participant = admit.leg().participant();
        if (byParticipant.size() >= MOST && !byParticipant.containsKey(participant)) {
            return false;
        }
        byParticipant.put(participant, new Admission(admit, nowNanos, false));
        return true;
    }

    /** Those the conference was not asked about yet; they count as asked from now on. */
    List<HostCommand.AdmitLeg> ask() {
        List<HostCommand.AdmitLeg> fresh = new ArrayList<>();
        byParticipant.replaceAll((participant, admission) -> {
            if (!admission.asked()) {
                fresh.add(admission.admit());
            }
            return new Admission(admission.admit(), admission.sinceNanos(), true);
        });
        return fresh;
    }

    HostCommand.@Nullable AdmitLeg remove(UUID participant) {
        Admission admission = byParticipant.remove(participant);
        return admission == null ? null : admission.admit();
    }

    HostCommand.@Nullable AdmitLeg get(UUID participant) {
        Admission admission = byParticipant.get(participant);
        return admission == null ? null : admission.admit();
    }

    /** Takes out those who have waited for longer than that. */
    List<HostCommand.AdmitLeg> expire(long nowNanos, long patienceNanos) {
        return take(admission -> nowNanos - admission.sinceNanos() > patienceNanos);
    }

    /** Takes out those the conference was not asked about. */
    List<HostCommand.AdmitLeg> takeUnasked() {
        return take(admission -> !admission.asked());
    }

    List<HostCommand.AdmitLeg> takeAll() {
        return take(admission -> true);
    }

    private List<HostCommand.AdmitLeg> take(java.util.function.Predicate<Admission> which) {
        List<HostCommand.AdmitLeg> taken = byParticipant.values().stream()
                .filter(which)
                .map(Admission::admit)
                .toList();
        taken.forEach(admit -> byParticipant.remove(admit.leg().participant()));
        return taken;
    }

    boolean isEmpty() {
        return byParticipant.isEmpty();
    }
}
