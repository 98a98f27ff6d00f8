package io.convoke.actors.trace;

import io.convoke.actors.state.ClusterMessage;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers that belong to the story asked for, as far as they are known.
 *
 * @param participants call legs
 * @param users user IDs
 * @param loginRequests {@code node/number}, since each node counts its own
 * @param sessions browser sessions at the edge
 * @param conferences any identifier of conferences whose whole story is asked for, with everybody in them
 * @param spaces spaces all of whose conferences are asked for
 * @param surroundings any identifier of conferences that the people asked for were in
 */
record TraceLinks(
        Set<UUID> participants,
        Set<String> users,
        Set<String> loginRequests,
        Set<UUID> sessions,
        Set<UUID> conferences,
        Set<UUID> spaces,
        Set<UUID> surroundings)
        implements ClusterMessage {

    static TraceLinks of(TraceQuery query) {
        TraceLinks links = new TraceLinks(
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>());
        add(links.participants, query.participant());
        add(links.users, query.user());
        add(links.conferences, query.conference());
        add(links.spaces, query.conference());
        return links;
    }

    /** A copy that may be added to. */
    TraceLinks copy() {
        return new TraceLinks(
                new HashSet<>(participants),
                new HashSet<>(users),
                new HashSet<>(loginRequests),
                new HashSet<>(sessions),
                new HashSet<>(conferences),
                new HashSet<>(spaces),
                new HashSet<>(surroundings));
    }

    void addAll(TraceLinks others) {
        participants.addAll(others.participants);
        users.addAll(others.users);
        loginRequests.addAll(others.loginRequests);
        sessions.addAll(others.sessions);
        conferences.addAll(others.conferences);
        spaces.addAll(others.spaces);
        surroundings.addAll(others.surroundings);
    }

    /** Learns from one event what else belongs to the story; answers whether there was anything new. */
    boolean learn(TraceEvent event) {
        Ids ids = event.ids();
        int before = size();
        if (isOfConference(ids)) {
            addConference(conferences, ids);
            addPeople(event);
        } else if (isOfPerson(event)) {
            addConference(surroundings, ids);
            addPeople(event);
        } else if (isOfSurroundings(ids)) {
            addConference(surroundings, ids);
        }
        return size() != before;
    }

    /** Whether the event is about somebody whose story is asked for. */
    boolean isOfPerson(TraceEvent event) {
        Ids ids = event.ids();
        boolean named = ids.participant() != null || ids.user() != null || ids.loginRequest() != null;
        if (!named) {
            return has(sessions, ids.session());
        }
        return has(participants, ids.participant()) || has(users, ids.user()) || has(loginRequests, login(event));
    }

    /** Whether the event is about a conference whose whole story is asked for. */
    boolean isOfConference(Ids ids) {
        return hasConference(conferences, ids) || has(spaces, ids.space());
    }

    /** Whether the event is about a conference that somebody asked for was in, and about nobody in particular. */
    boolean isOfSurroundings(Ids ids) {
        return ids.participant() == null
                && ids.user() == null
                && ids.loginRequest() == null
                && ids.session() == null
                && hasConference(surroundings, ids);
    }

    private void addPeople(TraceEvent event) {
        add(participants, event.ids().participant());
        add(users, event.ids().user());
        add(loginRequests, login(event));
        add(sessions, event.ids().session());
    }

    private int size() {
        return participants.size()
                + users.size()
                + loginRequests.size()
                + sessions.size()
                + conferences.size()
                + surroundings.size();
    }

    private static @Nullable String login(TraceEvent event) {
        Long number = event.ids().loginRequest();
        return number == null ? null : event.node() + "/" + number;
    }

    private static void addConference(Set<UUID> to, Ids ids) {
        add(to, ids.conference());
        add(to, ids.media());
        add(to, ids.correlator());
        add(to, ids.apiCall());
    }

    private static boolean hasConference(Set<UUID> set, Ids ids) {
        return has(set, ids.conference())
                || has(set, ids.media())
                || has(set, ids.correlator())
                || has(set, ids.apiCall());
    }

    private static <T> void add(Set<T> set, @Nullable T id) {
        if (id != null) {
            set.add(id);
        }
    }

    private static <T> boolean has(Set<T> set, @Nullable T id) {
        return id != null && set.contains(id);
    }
}
