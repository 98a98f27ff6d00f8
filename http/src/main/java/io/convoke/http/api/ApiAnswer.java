package io.convoke.http.api;

import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.http.json.Json;
import io.convoke.http.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers in the original's XML, byte for byte where it is known, or in JSON. */
final class ApiAnswer {
    private static final String PROLOG = "<?xml version=\"1.0\"?>";

    /** One object: fields are strings, numbers or booleans, in the order in which they were put. */
    static final class Item {
        private final @Nullable String id;
        private final Map<String, Object> fields = new LinkedHashMap<>();

        private Item(@Nullable String id) {
            this.id = id;
        }

        static Item of(@Nullable String id) {
            return new Item(id);
        }

        Item with(String name, Object value) {
            fields.put(name, value);
            return this;
        }

        private void write(StringBuilder xml, String name) {
            xml.append('<').append(name);
            if (id != null) {
                xml.append(" id=\"").append(escaped(id)).append('"');
            }
            xml.append('>');
            fields.forEach((field, value) -> xml.append('<')
                    .append(field)
                    .append('>')
                    .append(escaped(value.toString()))
                    .append("</")
                    .append(field)
                    .append('>'));
            xml.append("</").append(name).append('>');
        }

        private ObjectNode json() {
            ObjectNode json = Json.object();
            if (id != null) {
                json.put("id", id);
            }
            fields.forEach(json::putPOJO);
            return json;
        }
    }

    private ApiAnswer() {}

    /** 200 with no body. */
    static HttpResponse done() {
        return common(HttpResponse.create());
    }

    /** 200 with the address of what was made, and no body. */
    static HttpResponse created(String location) {
        return done().addHeader(RawHeader.create("Location", location));
    }

    static HttpResponse one(boolean json, String name, Item item) {
        if (json) {
            return common(Json.ok(item.json()));
        }
        StringBuilder xml = new StringBuilder(PROLOG);
        item.write(xml, name);
        return xml(200, xml);
    }

    /** {@code total} of those that match, of which {@code items} is a page. */
    static HttpResponse list(boolean json, String plural, String singular, int total, List<Item> items) {
        if (json) {
            ObjectNode body = Json.object().put("total", total);
            var array = body.putArray(plural);
            items.forEach(item -> array.add(item.json()));
            return common(Json.ok(body));
        }
        StringBuilder xml = new StringBuilder(PROLOG)
                .append('<')
                .append(plural)
                .append(" total=\"")
                .append(total)
                .append("\">");
        items.forEach(item -> item.write(xml, singular));
        return xml(200, xml.append("</").append(plural).append('>'));
    }

    static HttpResponse failure(boolean json, ApiFailure failure) {
        if (json) {
            Map<String, String> further = failure.parameter() == null
                    ? Map.of()
                    : Map.of("parameter", failure.parameter(), "error", String.valueOf(failure.error()));
            Integer retryAfterSeconds = failure.status() == 503 ? 5 : null;
            return new Problem(
                            failure.status(),
                            failure.code(),
                            title(failure.status()),
                            failure.detail(),
                            null,
                            null,
                            retryAfterSeconds)
                    .response(further);
        }
        StringBuilder xml =
                new StringBuilder(PROLOG).append("<failureDetails><").append(failure.code());
        if (failure.parameter() != null) {
            xml.append(" parameter=\"")
                    .append(escaped(failure.parameter()))
                    .append("\" error=\"")
                    .append(failure.error())
                    .append('"');
        }
        HttpResponse response = xml(failure.status(), xml.append(" /></failureDetails>"));
        return failure.status() == 503 ? response.addHeader(RawHeader.create("Retry-After", "5")) : response;
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 413 -> "Payload too large";
            case 415 -> "Unsupported media type";
            case 503 -> "Unavailable";
            default -> "Failed";
        };
    }

    private static HttpResponse xml(int status, StringBuilder body) {
        return common(HttpResponse.create()
                .withStatus(status)
                .withEntity(
                        HttpEntities.create(MediaTypes.TEXT_XML.toContentType(HttpCharsets.UTF_8), body.toString())));
    }

    private static HttpResponse common(HttpResponse response) {
        return response.addHeader(RawHeader.create("Cache-Control", "no-store"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"));
    }

    /** What XML cannot hold at all (XML 1.0 §2.2) becomes U+FFFD. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < 0xd800)
                || (c > 0xdfff && c != 0xfffe && c != 0xffff);
    }
}
