package io.convoke.node;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The node cannot start; the message is one line for the operator that says what to change. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1;
    private static final long STEP_SECONDS = 30;

    public StartFailure(String words) {
        super(words);
    }

    public StartFailure(String words, Throwable cause) {
        super(words, cause);
    }

    /** {@code words}, and what is at the bottom of the failure. */
    static StartFailure of(String words, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new StartFailure(words + ": " + why, failure);
    }

    /** The stage's result; a failure, or none within half a minute, is one to start. */
    static <T> T within(String what, CompletionStage<T> stage) throws StartFailure {
        try {
            return stage.toCompletableFuture().get(STEP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException failure) {
            throw of("Preparing " + what + " failed", failure);
        } catch (TimeoutException failure) {
            throw new StartFailure("Preparing " + what + " took longer than " + STEP_SECONDS + " s.", failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted.", failure);
        }
    }
}
