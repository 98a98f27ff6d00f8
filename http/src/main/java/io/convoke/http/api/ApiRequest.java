package io.convoke.http.api;

import akka.http.javadsl.model.HttpRequest;
import java.util.List;
import java.util.Locale;

/**
 * One request that the guard let through.
 *
 * @param path what follows the API's base, as it was written
 * @param form parameters of query and body
 */
record ApiRequest(HttpRequest http, List<String> path, Form form) {
    String method() {
        return http.method().value();
    }

    /** The last part of the path. */
    String id() {
        return path.get(path.size() - 1);
    }

    /** Whether the client would rather have JSON than XML. */
    boolean wantsJson() {
        return wantsJson(http);
    }

    static boolean wantsJson(HttpRequest http) {
        String accept = http.getHeader("Accept")
                .map(header -> header.value().toLowerCase(Locale.ROOT))
                .orElse("");
        int json = Math.max(accept.indexOf("application/json"), accept.indexOf("application/problem+json"));
        int xml = accept.indexOf("xml");
        return json >= 0 && (xml < 0 || json < xml);
    }
}
