package io.convoke.http.webbridge3;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.stream.StreamLimitReachedException;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import io.convoke.http.problem.Problem;
import io.convoke.http.problem.Refusals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Reads a request's body into memory, never more of it than allowed, and for no longer. */
final class BodyReader {
    /** What of a refused body is still read, so that a client that sends first and reads later gets to see the answer. */
    private static final int DISMISSED_BYTES = 256 << 10;

    private static final Duration DISMISSED_WITHIN = Duration.ofSeconds(2);

    /** One of the two. */
    sealed interface Result {
        @SuppressWarnings("ArrayRecordComponent")
        record Body(byte[] bytes) implements Result {}

        /** {@code more} is still to come over the connection, which can take no further request. */
        record Refused(Problem problem) implements Result {}
    }

    private BodyReader() {}

    static CompletionStage<Result> read(ActorSystem<?> system, HttpRequest request, int maxBytes, Duration timeout) {
        var entity = request.entity().withoutSizeLimit();
        if (entity.getContentLengthOption().orElse(0) > maxBytes) {
            dismiss(system, request);
            return CompletableFuture.completedFuture(tooLarge(maxBytes));
        }
        return entity.getDataBytes()
                .completionTimeout(timeout)
                .limitWeighted(maxBytes, bytes -> (long) bytes.size())
                .runFold(ByteString.emptyByteString(), ByteString::concat, system)
                .<Result>thenApply(bytes -> new Result.Body(bytes.toArray()))
                .exceptionally(failure -> refused(failure, maxBytes, timeout));
    }

    /** Lets a bounded part of the body pass; the rest closes the connection. */
    static void dismiss(ActorSystem<?> system, HttpRequest request) {
        request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(DISMISSED_WITHIN)
                .limitWeighted(DISMISSED_BYTES, bytes -> (long) bytes.size())
                .runWith(Sink.ignore(), system);
    }

    private static Result tooLarge(int maxBytes) {
        return new Result.Refused(Refusals.tooLarge("at most " + maxBytes + " bytes"));
    }

    private static Result refused(Throwable failure, int maxBytes, Duration timeout) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamLimitReachedException) {
                return tooLarge(maxBytes);
            }
            if (cause instanceof TimeoutException) {
                return new Result.Refused(Problem.of(
                        408,
                        "requestTimeout",
                        "Request timeout",
                        "The body did not arrive within " + timeout.toMillis() + " ms."));
            }
        }
        return new Result.Refused(Problem.badRequest("The body ended early.", "a whole body", "a part of one"));
    }
}
