package io.convoke.node;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relay.Relay;
import io.convoke.actors.relay.RelayAccess;
import io.convoke.actors.relay.RelayAddresses;
import io.convoke.actors.relay.RelayPart;
import io.convoke.actors.relay.RelayRules;
import io.convoke.actors.relay.RelayServer;
import io.convoke.actors.relay.TellBrowsers;
import io.convoke.media.relay.RelaySettings;
import io.convoke.media.relay.TurnEndpoint;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.RelaySection;
import io.convoke.node.settings.Role;
import io.convoke.protocols.turn.IpNetwork;
import io.convoke.protocols.turn.RestHash;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Starts the node's relay, or says where others are.
 *
 * @param access for the web bridge
 * @param listening where it listens, once it does for the first time, or why it could not at the first try; empty on a node without a relay
 */
record RelayStart(RelayAccess access, CompletionStage<List<TurnEndpoint>> listening) {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    static RelayStart start(ActorSystem<Guardian.Command> system, NodeSettings settings, NodeContext context)
            throws StartFailure {
        RelayRules rules = rules(settings.relay());
        TellBrowsers tell = tell(settings);
        if (!settings.has(Role.TURN)) {
            refuseUselessUrls(settings);
            return new RelayStart(
                    RelayPart.elsewhere(rules, tell, context.clock()), CompletableFuture.completedFuture(List.of()));
        }
        RelaySettings plane = RelayPlane.settings(settings, Instant.now());
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.fromConfig("convoke.blocking-dispatcher"));
        RelayServer server = RelayServer.of(plane, blocking);
        CompletableFuture<List<TurnEndpoint>> listening = new CompletableFuture<>();
        RelayServer watched = (policy, events) -> CompletableFuture.supplyAsync(() -> check(plane), blocking)
                .thenCompose(free -> server.start(policy, events))
                .whenComplete((running, failure) -> {
                    if (failure == null) {
                        listening.complete(running.endpoints());
                    } else {
                        listening.completeExceptionally(failure);
                    }
                });
        Relay.Settings relay =
                new Relay.Settings(Identity.of(settings.data(), "relay"), rules, FIRST_RETRY, LONGEST_RETRY);
        RelayPart part = Guardian.run(system, guardian -> RelayPart.start(guardian, relay, watched, tell, context));
        return new RelayStart(part.access(), listening);
    }

    private static Done check(RelaySettings plane) {
        try {
            RelayPortCheck.of(plane.listeners());
            return Done.getInstance();
        } catch (BindException taken) {
            throw new CompletionException(taken);
        }
    }

    /** A browser takes no TURN server without credentials. */
    private static void refuseUselessUrls(NodeSettings settings) throws StartFailure {
        RelaySection relay = settings.relay();
        boolean turn = relay.told().urls().stream().anyMatch(url -> url.startsWith("turn"));
        if (turn && relay.access().sharedSecret().reveal().isEmpty()) {
            throw new StartFailure(
                    "convoke.relay.announce names TURN servers, but this node has no relay of its own and no "
                            + "convoke.relay.shared-secret to issue credentials with; expected the secret that those servers have.");
        }
    }

    static RelayRules rules(RelaySection relay) {
        RelaySection.Access access = relay.access();
        RelaySection.Quotas quotas = relay.quotas();
        Map<String, String> users = new LinkedHashMap<>();
        access.users().forEach(user -> users.put(user.name(), user.password().reveal()));
        String secret = access.sharedSecret().reveal();
        return new RelayRules(
                access.realm(),
                users,
                secret.isEmpty() ? null : secret,
                access.formerSecrets().stream().map(NodeSettings.Secret::reveal).toList(),
                access.restHash().equals("sha256") ? RestHash.SHA256 : RestHash.SHA1,
                access.participantLifetime(),
                new RelayRules.Peers(
                        relay.peers().any(),
                        networks(relay.peers().allow()),
                        networks(relay.peers().deny()),
                        relay.peers().keptFor()),
                new RelayRules.Quotas(
                        quotas.allocations(),
                        quotas.allocationsPerUser(),
                        quotas.allocationsPerSource(),
                        quotas.allocationsPerParticipant(),
                        quotas.bandwidthPerUserBps(),
                        quotas.bandwidthPerSourceBps()),
                relay.alternate().isEmpty() ? null : RelayAddresses.read(relay.alternate()));
    }

    private static List<IpNetwork> networks(List<String> texts) {
        return texts.stream().map(IpNetwork::parse).toList();
    }

    /** A web bridge behind a proxy may see another host than the browser does. */
    private static TellBrowsers tell(NodeSettings settings) {
        RelaySection.Told told = settings.relay().told();
        String host = told.host();
        String origin = settings.http().publicOrigin();
        if (host.isEmpty() && !origin.isEmpty()) {
            String ofOrigin = URI.create(origin).getHost();
            host = ofOrigin == null ? "" : ofOrigin.replaceAll("[\\[\\]]", "");
        }
        return new TellBrowsers(host, told.urls());
    }
}
