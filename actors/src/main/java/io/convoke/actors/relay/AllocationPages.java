package io.convoke.actors.relay;

import io.convoke.actors.node.StateJson;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.media.relay.AllocationView;
import io.convoke.protocols.turn.TransportAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Allocations as JSON for people and programs. */
final class AllocationPages {
    /** A page goes between nodes in one message, whose size is bounded. */
    static final int MOST_CHARS = 120_000;

    private static final int MOST_PEERS = 32;
    private static final Comparator<AllocationView> OLDEST_FIRST =
            Comparator.comparing(AllocationView::created).thenComparing(AllocationView::id);

    private AllocationPages() {}

    /** Ends early when it gets too long; {@code next} is the offset of the next page, null where there is none. */
    static String page(List<AllocationView> all, RelayRequest.Show show, Instant now) {
        List<AllocationView> wanted = all.stream()
                .filter(allocation -> show.user() == null || show.user().equals(allocation.username()))
                .filter(allocation -> show.participant() == null
                        || show.participant().equals(ParticipantBook.participantOf(allocation.username())))
                .sorted(OLDEST_FIRST)
                .toList();
        StringBuilder items = new StringBuilder();
        int next = Math.min(show.offset(), wanted.size());
        int end = (int) Math.min(wanted.size(), (long) next + Math.max(0, show.limit()));
        while (next < end) {
            String item = StateJson.write(json(wanted.get(next), now, MOST_PEERS));
            if (items.length() > 0 && items.length() + item.length() > MOST_CHARS) {
                break;
            }
            items.append(items.length() == 0 ? "" : ",").append(item);
            next++;
        }
        return "{\"total\":" + wanted.size() + ",\"offset\":" + show.offset() + ",\"next\":"
                + (next < wanted.size() ? next : null) + ",\"allocations\":[" + items + "]}";
    }

    /** Null where there is none. */
    static @Nullable String one(List<AllocationView> all, UUID id, Instant now) {
        return all.stream()
                .filter(allocation -> allocation.id().equals(id))
                .findFirst()
                .map(allocation -> StateJson.write(json(allocation, now, Integer.MAX_VALUE)))
                .orElse(null);
    }

    private static Map<String, @Nullable Object> json(AllocationView allocation, Instant now, int mostPeers) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", allocation.id());
        json.put("user", allocation.username());
        json.put("participant", ParticipantBook.participantOf(allocation.username()));
        json.put("transport", word(allocation.transport()));
        json.put("client", allocation.client().toString());
        json.put("server", allocation.listener().toString());
        json.put("relayed", texts(allocation.relayed()));
        json.put("peerTransport", word(allocation.peerTransport()));
        json.put("permissionCount", allocation.permissions().size());
        json.put("channelCount", allocation.channels().size());
        json.put(
                "permissions",
                allocation.permissions().stream()
                        .limit(mostPeers)
                        .map(AllocationPages::ip)
                        .toList());
        json.put("channels", channels(allocation.channels(), mostPeers));
        json.put("packetsToPeers", allocation.packetsToPeers());
        json.put("bytesToPeers", allocation.bytesToPeers());
        json.put("packetsToClient", allocation.packetsToClient());
        json.put("bytesToClient", allocation.bytesToClient());
        json.put("packetsDropped", allocation.packetsDropped());
        json.put("since", allocation.created());
        json.put("expires", allocation.expires());
        json.put(
                "lifetimeSeconds",
                Math.max(0, Duration.between(now, allocation.expires()).toSeconds()));
        return json;
    }

    private record NumberedPeer(String number, String peer) {}

    private static List<NumberedPeer> channels(Map<Integer, TransportAddress> channels, int most) {
        return channels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(most)
                .map(channel -> new NumberedPeer(
                        String.format(Locale.ROOT, "0x%04x", channel.getKey()),
                        channel.getValue().toString()))
                .toList();
    }

    private static List<String> texts(List<TransportAddress> addresses) {
        return addresses.stream().map(Objects::toString).toList();
    }

    private static String ip(TransportAddress address) {
        return address.toSocketAddress().getAddress().getHostAddress();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
