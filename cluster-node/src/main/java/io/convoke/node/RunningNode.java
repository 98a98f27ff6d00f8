package io.convoke.node;

import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A started node. */
final class RunningNode {
    private final ActorSystem<?> system;
    private final Resources resources;
    private final CountDownLatch stopped = new CountDownLatch(1);

    RunningNode(ActorSystem<?> system, Resources resources, Duration stopWithin) {
        this.system = system;
        this.resources = resources;
        // Akka's own hook ends the actor system. The JVM must not go before the database is closed after that.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStopped(stopWithin), "convoke-stop"));
    }

    /** Waits until the node has stopped, whatever stopped it, and closes what it had open. */
    void awaitTermination() {
        system.getWhenTerminated().toCompletableFuture().join();
        resources.close();
        stopped.countDown();
    }

    private void awaitStopped(Duration bound) {
        try {
            if (!stopped.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("convoke: did not stop within " + bound.toSeconds() + " s; cut off");
            }
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        }
    }
}
