package io.convoke.http.body;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import io.convoke.http.problem.Problem;
import io.convoke.http.problem.Refusals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads a request's body into memory, never more of it than allowed, and for no longer. */
public final class BodyReader {
    /** What of a refused body is still read, so that a client that sends first and reads later gets to see the answer. */
    private static final int DISMISSED_BYTES = 256 << 10;

    private static final Duration DISMISSED_WITHIN = Duration.ofSeconds(2);

    /** One of the two. */
    public sealed interface Result {
        @SuppressWarnings("ArrayRecordComponent")
        record Body(byte[] bytes) implements Result {}

        /** {@code more} is still to come over the connection, which can take no further request. */
        record Refused(Problem problem) implements Result {}
    }

    private BodyReader() {}

    /** At most that many bytes, within that time. */
    public static CompletionStage<Result> read(
            ActorSystem<?> system, HttpRequest request, int maxBytes, Duration timeout) {
        var entity = request.entity().withoutSizeLimit();
        if (entity.getContentLengthOption().orElse(0) > maxBytes) {
            dismiss(system, request);
            return CompletableFuture.completedFuture(tooLarge(maxBytes));
        }
        CompletableFuture<Result> result = new CompletableFuture<>();
        Cancellable late = system.scheduler()
                .scheduleOnce(timeout, () -> result.complete(tooSlow(timeout)), system.executionContext());
        // Read on for a while after a refusal: a connection that is closed on unread bytes is reset, and takes the
        // answer with it.
        entity.getDataBytes()
                .completionTimeout(timeout.plus(DISMISSED_WITHIN))
                .limitWeighted(maxBytes + (long) DISMISSED_BYTES, bytes -> (long) bytes.size())
                .runFold(
                        ByteString.emptyByteString(),
                        (body, bytes) -> {
                            if (!result.isDone() && body.size() + bytes.size() > maxBytes) {
                                result.complete(tooLarge(maxBytes));
                            }
                            return result.isDone() ? ByteString.emptyByteString() : body.concat(bytes);
                        },
                        system)
                .whenComplete((body, failure) -> {
                    late.cancel();
                    result.complete(
                            failure == null
                                    ? new Result.Body(body.toArray())
                                    : new Result.Refused(Problem.badRequest(
                                            "The body ended early.", "a whole body", "a part of one")));
                });
        return result;
    }

    /** Lets a bounded part of the body pass; the rest closes the connection. */
    public static void dismiss(ActorSystem<?> system, HttpRequest request) {
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

    private static Result tooSlow(Duration timeout) {
        return new Result.Refused(Problem.of(
                408,
                "requestTimeout",
                "Request timeout",
                "The body did not arrive within " + timeout.toMillis() + " ms."));
    }
}
