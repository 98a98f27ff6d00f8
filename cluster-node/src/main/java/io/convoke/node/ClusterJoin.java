package io.convoke.node;

import akka.actor.typed.ActorSystem;
import akka.cluster.Cluster;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes a core node a member of its cluster: of a new one without seed nodes, else of the one that the seed nodes form. */
final class ClusterJoin {
    private static final long QUIET_SECONDS = 8;

    private ClusterJoin() {}

    /** Waits until the node is up, however long the other nodes take; says so when they take long. */
    static void await(ActorSystem<?> system, List<String> seedNodes, PrintStream words) {
        Cluster cluster = Cluster.get(system);
        CompletableFuture<Void> up = new CompletableFuture<>();
        cluster.registerOnMemberUp(() -> up.complete(null));
        cluster.registerOnMemberRemoved(
                () -> up.completeExceptionally(new IllegalStateException("the cluster turned this node away")));
        if (seedNodes.isEmpty()) {
            cluster.join(cluster.selfAddress());
        }
        try {
            up.get(QUIET_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            words.println("Waiting for the cluster: none of " + seedNodes
                    + " has taken this node in yet. The first of them starts a cluster, the others join it.");
            up.join();
        } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
            throw new CompletionException(failure);
        }
    }
}
