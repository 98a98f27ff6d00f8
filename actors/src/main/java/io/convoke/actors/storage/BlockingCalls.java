package io.convoke.actors.storage;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what blocks where it may. Safe from any thread. */
public final class BlockingCalls {
    private final Executor blocking;

    /** @param blocking {@code convoke.blocking-dispatcher}, or any bounded executor */
    public BlockingCalls(Executor blocking) {
        this.blocking = blocking;
    }

    /** The call's result, or what it threw; a full queue fails with {@link RejectedExecutionException}. */
    public <T> CompletionStage<T> ask(Callable<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            blocking.execute(() -> run(call, answer));
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(full);
        }
        return answer.minimalCompletionStage();
    }

    private static <T> void run(Callable<T> call, CompletableFuture<T> answer) {
        try {
            answer.complete(call.call());
        } catch (Exception failure) {
            boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
            answer.completeExceptionally(wrapped ? failure.getCause() : failure);
        }
    }
}
