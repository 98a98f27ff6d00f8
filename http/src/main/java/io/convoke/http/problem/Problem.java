package io.convoke.http.problem;

import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.http.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused.
 *
 * @param status HTTP status
 * @param code stable, for programs
 * @param title the same for people, always the same for a code
 * @param detail what happened this time and what to do about it
 * @param expected and {@code found}: where something was wrong with the request
 * @param retryAfterSeconds where trying again makes sense; sent as the header {@code Retry-After} too
 */
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        @Nullable String expected,
        @Nullable String found,
        @Nullable Integer retryAfterSeconds) {
    private static final MediaType.WithFixedCharset TYPE =
            MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8);

    /** Without expectation and retry. */
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, null, null, null);
    }

    /** 400. */
    public static Problem badRequest(String detail, String expected, String found) {
        return new Problem(400, "badRequest", "Bad request", detail, expected, found, null);
    }

    /** 404. */
    public static Problem notFound(String detail) {
        return of(404, "notFound", "Not found", detail);
    }

    /** The answer. */
    public HttpResponse response() {
        return response(Map.of());
    }

    /** The answer with further members (RFC 9457 §3.2), for programs. */
    public HttpResponse response(Map<String, String> further) {
        ObjectNode body = Json.object()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        if (expected != null) {
            body.put("expected", expected).put("found", found);
        }
        body.put("retryAfterSeconds", retryAfterSeconds);
        further.forEach(body::put);
        HttpResponse response = HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(TYPE.toContentType(), body.toString()))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                .addHeader(CacheControl.create(CacheDirectives.NO_STORE));
        return retryAfterSeconds == null
                ? response
                : response.addHeader(RawHeader.create("Retry-After", retryAfterSeconds.toString()));
    }
}
