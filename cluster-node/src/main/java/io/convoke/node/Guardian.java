package io.convoke.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.concurrent.CompletableFuture;

/** The actor system's root: every long-lived actor of the node is its child, spawned by a start-up step that runs on its thread. */
final class Guardian {
    private Guardian() {}

    /** A start-up step. What it throws is told to whoever asked for it, and stops nothing else. */
    interface Step<T> {
        T run(ActorContext<?> guardian) throws Exception;
    }

    /** Only {@link #run} sends it. */
    record Command(Task<?> task) {}

    private record Task<T>(Step<T> step, CompletableFuture<T> result) {
        void run(ActorContext<?> guardian) {
            try {
                result.complete(step.run(guardian));
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        }
    }

    static Behavior<Command> create() {
        return Behaviors.receive((context, command) -> {
            command.task().run(context);
            return Behaviors.same();
        });
    }

    /** Runs the step and waits for its result; a failure comes as the cause of a CompletionException. */
    static <T> T run(ActorSystem<Command> system, Step<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        system.tell(new Command(new Task<>(step, result)));
        return result.join();
    }
}
