package io.convoke.http.problem;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.Rejection;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.UnsupportedRequestContentTypeRejection;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.http.scaladsl.model.IllegalRequestException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that routes reject or throw into problems. */
public final class Refusals extends AllDirectives {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /** For routes' rejections. */
    public static RejectionHandler rejections() {
        Refusals here = new Refusals();
        return RejectionHandler.newBuilder()
                .handleAll(MethodRejection.class, rejections -> here.complete(methodNotAllowed(rejections)))
                .handle(
                        UnsupportedRequestContentTypeRejection.class,
                        rejection -> here.complete(
                                unsupportedMediaType("something else").response()))
                .handle(
                        Rejection.class,
                        rejection -> here.complete(Problem.badRequest(
                                        "The request cannot be understood.",
                                        "another request",
                                        rejection.getClass().getSimpleName())
                                .response()))
                .handleNotFound(here.complete(
                        Problem.notFound("There is nothing at this address.").response()))
                .build();
    }

    /** For what routes throw. The client learns nothing of it but that it happened. */
    public static ExceptionHandler exceptions() {
        Refusals here = new Refusals();
        return ExceptionHandler.newBuilder()
                .match(
                        EntityStreamSizeException.class,
                        e -> here.complete(tooLarge("less").response()))
                .match(
                        IllegalRequestException.class,
                        e -> here.complete(Problem.badRequest(
                                        "The request cannot be understood.", "a well-formed request", "another")
                                .response()))
                .matchAny(e -> {
                    LOG.error("A request failed", e);
                    return here.complete(internalError().response());
                })
                .build();
    }

    /** 500. */
    public static Problem internalError() {
        return Problem.of(
                500, "internalError", "Internal error", "Something went wrong here. The server's log says more.");
    }

    /** 413. */
    public static Problem tooLarge(String expected) {
        return new Problem(
                413,
                "payloadTooLarge",
                "Payload too large",
                "The body is larger than the limit.",
                expected,
                "more",
                null);
    }

    /** 415. */
    public static Problem unsupportedMediaType(String found) {
        return new Problem(
                415,
                "unsupportedMediaType",
                "Unsupported media type",
                "The body must be JSON, and Content-Type must say so.",
                "application/json",
                found,
                null);
    }

    private static HttpResponse methodNotAllowed(List<MethodRejection> rejections) {
        String allowed = rejections.stream()
                .map(rejection -> rejection.supported().value())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Problem(
                        405,
                        "methodNotAllowed",
                        "Method not allowed",
                        "This address takes " + allowed + ".",
                        allowed,
                        "another",
                        null)
                .response()
                .addHeader(RawHeader.create("Allow", allowed));
    }
}
