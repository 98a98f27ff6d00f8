package io.convoke.actors.relay;

import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.IceServer;
import java.util.List;
import java.util.UUID;

/** The relay of this process, for the web bridge beside it. */
final class OwnRelay implements RelayAccess {
    private final TellBrowsers tell;
    private final ParticipantBook participants;
    private final CurrentEndpoints endpoints;
    private final ActorRef<Relay.Command> relay;

    /** {@code endpoints} are those of this moment. */
    OwnRelay(
            TellBrowsers tell,
            ParticipantBook participants,
            CurrentEndpoints endpoints,
            ActorRef<Relay.Command> relay) {
        this.tell = tell;
        this.participants = participants;
        this.endpoints = endpoints;
        this.relay = relay;
    }

    @Override
    public List<IceServer> open(UUID participant, String host) {
        List<String> urls = tell.urls().isEmpty()
                ? IceUrls.of(endpoints.get(), tell.host().isEmpty() ? host : tell.host())
                : tell.urls();
        return urls.isEmpty() ? List.of() : TellBrowsers.servers(urls, participants.issue(participant));
    }

    @Override
    public void close(UUID participant) {
        participants.end(participant).ifPresent(username -> relay.tell(new Relay.CredentialsEnded(username)));
    }

    @Override
    public void announced(UUID link, List<String> mediaAddresses) {
        relay.tell(new Relay.MediaAnnounced(link, mediaAddresses));
    }

    @Override
    public void withdrawn(UUID link) {
        relay.tell(new Relay.MediaWithdrawn(link));
    }

    @Override
    public void lost(UUID link) {
        relay.tell(new Relay.MediaLost(link));
    }
}
