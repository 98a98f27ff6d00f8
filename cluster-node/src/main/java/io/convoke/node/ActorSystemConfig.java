package io.convoke.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Akka is told: the operator's {@code akka} section, and what follows from the rest of the settings. */
final class ActorSystemConfig {
    static final String SYSTEM = "convoke";

    private ActorSystemConfig() {}

    /** A member of the core's cluster, with its journal in the database. */
    static Config ofCore(NodeSettings settings, Config persistence) {
        NodeSettings.Cluster cluster = settings.cluster();
        Map<String, Object> akka = new HashMap<>();
        akka.put("akka.actor.provider", "cluster");
        akka.put("akka.remote.artery.canonical.hostname", cluster.host());
        akka.put("akka.remote.artery.canonical.port", cluster.port());
        akka.put("akka.cluster.jmx.enabled", "off");
        akka.put(
                "akka.cluster.roles",
                settings.roles().stream().map(Role::word).sorted().toList());
        akka.put(
                "akka.cluster.seed-nodes",
                cluster.seedNodes().stream()
                        .map(seed -> "akka://" + SYSTEM + "@" + seed)
                        .toList());
        if (cluster.seedNodes().isEmpty()) {
            // Alone there is nobody to wait for.
            akka.put("akka.cluster.periodic-tasks-initial-delay", "50ms");
            akka.put("akka.cluster.leader-actions-interval", "200ms");
        }
        return ConfigFactory.parseMap(akka).withFallback(persistence).withFallback(settings.akka());
    }

    /** An edge: actors of this process only, and nothing listens. */
    static Config ofEdge(NodeSettings settings) {
        return ConfigFactory.parseMap(Map.of("akka.actor.provider", "local", "akka.cluster.seed-nodes", List.of()))
                .withFallback(settings.akka());
    }
}
