package io.convoke.actors.callbridge;

import io.convoke.actors.c2w.IceServer;
import io.convoke.actors.relay.RelayAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A relay without packets: remembers who may use it, and towards where. */
final class RecordingRelay implements RelayAccess {
    final Set<UUID> open = ConcurrentHashMap.newKeySet();
    final Map<UUID, List<String>> peers = new ConcurrentHashMap<>();

    @Override
    public List<IceServer> open(UUID participant, String host) {
        open.add(participant);
        return List.of(new IceServer(List.of("turn:" + host + ":3478"), participant.toString(), "secret"));
    }

    @Override
    public void close(UUID participant) {
        open.remove(participant);
    }

    @Override
    public void announced(UUID link, List<String> mediaAddresses) {
        peers.put(link, mediaAddresses);
    }

    @Override
    public void lost(UUID link) {
        peers.remove(link);
    }

    @Override
    public void withdrawn(UUID link) {
        peers.remove(link);
    }
}
