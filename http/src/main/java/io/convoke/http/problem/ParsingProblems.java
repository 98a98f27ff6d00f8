package io.convoke.http.problem;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;

/**
 * Answers requests that are no HTTP, before any route sees them. Akka HTTP finds it by its name in {@code akka.http.server.parsing.error-handler},
 * as if it were a Scala object: by the field of that odd name.
 */
public final class ParsingProblems extends ParsingErrorHandler {
    /** The one instance. */
    @SuppressWarnings("ConstantField")
    public static final ParsingProblems MODULE$ = new ParsingProblems();

    /** The summary of an error that is no error of parsing: the request's head came too slowly. */
    public static final String SLOW_HEAD = "The request did not arrive in time";

    private ParsingProblems() {}

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        int number = status.intValue();
        log.debug("Refused with {}: {}", number, info.summary());
        if (info.summary().equals(SLOW_HEAD)) {
            return Problem.of(408, "requestTimeout", "Request timeout", "The request did not arrive in time.")
                    .response();
        }
        String code = switch (number) {
            case 413 -> "payloadTooLarge";
            case 414 -> "uriTooLong";
            case 415 -> "unsupportedMediaType";
            case 431 -> "headersTooLarge";
            case 501 -> "notImplemented";
            case 505 -> "httpVersionNotSupported";
            default -> "badRequest";
        };
        // The summary, unlike the detail, quotes nothing of the request.
        return Problem.of(number, code, status.reason(), "The request is not HTTP as this server takes it.")
                .response();
    }
}
