package io.convoke.actors.relay;

import io.convoke.protocols.turn.TransportAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Where callbridges take media, by the C2W link that said so: of those that are connected, and of those whose link broke a moment ago. */
final class CallbridgeMedia {
    private final Map<UUID, List<TransportAddress>> connected = new LinkedHashMap<>();
    private final Map<UUID, List<TransportAddress>> lost = new LinkedHashMap<>();

    /** Texts that are no addresses are left out. */
    void announced(UUID link, List<String> texts) {
        List<TransportAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            TransportAddress address = RelayAddresses.read(text);
            if (address != null) {
                addresses.add(address);
            }
        }
        connected.put(link, addresses);
    }

    /** False: nothing was known of that link; likewise {@link #lost(UUID)}. */
    boolean withdrawn(UUID link) {
        boolean standing = connected.remove(link) != null;
        return lost.remove(link) != null || standing;
    }

    boolean lost(UUID link) {
        List<TransportAddress> addresses = connected.remove(link);
        if (addresses != null) {
            lost.put(link, addresses);
        }
        return addresses != null;
    }

    Set<TransportAddress> connected() {
        return all(connected);
    }

    /** Without what a connected callbridge has announced too. */
    Set<TransportAddress> lost() {
        Set<TransportAddress> all = all(lost);
        all.removeAll(connected());
        return all;
    }

    private static Set<TransportAddress> all(Map<UUID, List<TransportAddress>> links) {
        Set<TransportAddress> all = new LinkedHashSet<>();
        links.values().forEach(all::addAll);
        return all;
    }
}
