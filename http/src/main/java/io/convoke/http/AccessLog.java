package io.convoke.http;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.japi.function.Function;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Writes one line for each request when its answer is ready. Queries are left out of addresses: an invitation's secret travels there. */
final class AccessLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Journal journal;
    private final LongSupplier nanos;

    AccessLog(Journal journal, LongSupplier nanos) {
        this.journal = journal;
        this.nanos = nanos;
    }

    java.util.function.Function<HttpRequest, CompletionStage<HttpResponse>> around(
            Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return request -> {
            long began = nanos.getAsLong();
            return apply(handler, request).thenApply(response -> {
                write(request, response, nanos.getAsLong() - began);
                return response;
            });
        };
    }

    private static CompletionStage<HttpResponse> apply(
            Function<HttpRequest, CompletionStage<HttpResponse>> handler, HttpRequest request) {
        try {
            return handler.apply(request);
        } catch (Exception e) {
            throw new IllegalStateException("Expected sealed routes to answer everything", e);
        }
    }

    private void write(HttpRequest request, HttpResponse response, long tookNanos) {
        UUID participant = response.getAttribute(RequestFacts.PARTICIPANT).orElse(null);
        String path = request.getUri().path();
        String line = (participant == null ? "" : "[Join call:" + participant + "] ")
                + RequestFacts.source(request) + " - - [" + TIME.format(Instant.now()) + "] status "
                + response.status().intValue() + " \"" + request.method().value() + " " + plain(path) + " "
                + request.protocol().value() + "\" bytes_sent " + length(response.entity())
                + " http_referer \"" + plain(withoutQuery(RequestFacts.header(request, "Referer")))
                + "\" http_user_agent \"" + plain(RequestFacts.header(request, "User-Agent")) + "\" toupstream "
                + (response.getAttribute(RequestFacts.UPSTREAM_NANOS).isPresent() ? "c2w" : "-")
                + " upstream_response_time "
                + response.getAttribute(RequestFacts.UPSTREAM_NANOS)
                        .map(AccessLog::seconds)
                        .orElse("-")
                + " request_time " + seconds(tookNanos);
        Ids ids = participant == null ? Ids.none() : Ids.none().withParticipant(participant);
        journal.record(Facility.LOCAL7, Severity.INFO, "wb3_frontend", "httpRequest", ids, line);
    }

    private static String length(HttpEntity entity) {
        return entity.getContentLengthOption().isPresent()
                ? Long.toString(entity.getContentLengthOption().getAsLong())
                : "-";
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_SECOND);
    }

    private static String withoutQuery(String url) {
        int end = url.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = url.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return url.substring(0, end);
    }

    /** What would end the field or the line is replaced. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(c < ' ' || c == 0x7f || c == '"' || c == '\\' ? '_' : (char) c));
        return plain.toString();
    }
}
