package io.convoke.actors.relay;

import io.convoke.actors.c2w.IceServer;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Relays that other software runs, for a web bridge without one. What is issued for them expires by its time alone. */
final class OtherRelays implements RelayAccess {
    private final List<String> urls;
    private final @Nullable ParticipantBook participants;

    OtherRelays(RelayRules rules, List<String> urls, InstantSource clock) {
        this.urls = List.copyOf(urls);
        this.participants = rules.sharedSecret() == null ? null : new ParticipantBook(rules, clock);
    }

    @Override
    public List<IceServer> open(UUID participant, String host) {
        return TellBrowsers.servers(urls, participants == null ? null : participants.issue(participant));
    }

    @Override
    public void close(UUID participant) {
        if (participants != null) {
            participants.end(participant);
        }
    }

    @Override
    public void announced(UUID link, List<String> mediaAddresses) {}

    @Override
    public void lost(UUID link) {}

    @Override
    public void withdrawn(UUID link) {}
}
