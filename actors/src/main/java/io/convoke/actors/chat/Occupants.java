package io.convoke.actors.chat;

import io.convoke.protocols.xmpp.Jid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is in a room: the meeting's participants, and XMPP clients. No two have nicks that look the same. For one thread. */
final class Occupants {
    private static final String NAMELESS = "Guest";

    private final Map<UUID, String> participants = new LinkedHashMap<>();
    private final Map<Jid, Occupant> clients = new LinkedHashMap<>();

    /** The nicks of participants that went and came. */
    record Change(List<String> left, List<String> came) {}

    /** Everybody in the meeting; the same list again changes nothing. */
    Change roster(List<Person> people) {
        Set<UUID> staying = new HashSet<>();
        people.forEach(person -> staying.add(person.participant()));
        List<String> left = new ArrayList<>();
        participants.entrySet().removeIf(entry -> {
            boolean gone = !staying.contains(entry.getKey());
            if (gone) {
                left.add(entry.getValue());
            }
            return gone;
        });
        List<String> came = new ArrayList<>();
        for (Person person : people) {
            if (!participants.containsKey(person.participant())) {
                String nick = free(nickOf(person.name()));
                participants.put(person.participant(), nick);
                came.add(nick);
            }
        }
        return new Change(left, came);
    }

    void put(Occupant occupant) {
        clients.put(occupant.address(), occupant);
    }

    @Nullable
    Occupant remove(Jid address) {
        return clients.remove(address);
    }

    @Nullable
    Occupant client(Jid address) {
        return clients.get(address);
    }

    Optional<Occupant> client(String nick) {
        String key = key(nick);
        return clients.values().stream()
                .filter(occupant -> key(occupant.nick()).equals(key))
                .findFirst();
    }

    /** In the order of entry. */
    List<Occupant> clients() {
        return List.copyOf(clients.values());
    }

    @Nullable
    String nick(UUID participant) {
        return participants.get(participant);
    }

    Set<UUID> participants() {
        return Set.copyOf(participants.keySet());
    }

    Collection<String> participantNicks() {
        return List.copyOf(participants.values());
    }

    /** Whether anybody has that nick, or one that looks the same, but the client itself. */
    boolean isTaken(String nick, @Nullable Jid but) {
        String key = key(nick);
        return participants.values().stream().anyMatch(one -> key(one).equals(key))
                || clients.values().stream()
                        .anyMatch(one ->
                                !one.address().equals(but) && key(one.nick()).equals(key));
    }

    boolean isEmpty() {
        return participants.isEmpty() && clients.isEmpty();
    }

    int size() {
        return participants.size() + clients.size();
    }

    private String free(String wanted) {
        String nick = wanted;
        for (int number = 2; isTaken(nick, null); number++) {
            nick = wanted + " (" + number + ")";
        }
        return nick;
    }

    /** A name as the resource of an address. */
    private static String nickOf(String name) {
        String nick = ChatText.clean(name).replaceAll("\\s+", " ");
        return nick.isEmpty() || Jid.of("room", "rooms", nick).isEmpty() ? NAMELESS : nick;
    }

    private static String key(String nick) {
        return nick.strip().toLowerCase(Locale.ROOT);
    }
}
