package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;

/** The administrator at a node's API, as programs written for the original use it: forms in, statuses out. */
final class Admin {
    /** For {@link NodeProcess#start(String, Map, String...)}: the administrator's password is the one that is used here. */
    static final Map<String, String> ENVIRONMENT = Map.of("CONVOKE_ADMIN_PASSWORD", "for-system-tests");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String origin;

    Admin(String origin) {
        this.origin = origin;
    }

    /** PUT that must succeed; names and values in turn. */
    void put(String path, String... form) throws IOException, InterruptedException {
        send("PUT", path, form);
    }

    /** POST that must succeed. */
    void post(String path, String... form) throws IOException, InterruptedException {
        send("POST", path, form);
    }

    /** What a request without a body is answered with. */
    int status(String method, String path) throws IOException, InterruptedException {
        return client.send(request(method, path, ""), BodyHandlers.ofString()).statusCode();
    }

    private void send(String method, String path, String... form) throws IOException, InterruptedException {
        StringJoiner body = new StringJoiner("&");
        for (int i = 0; i < form.length; i += 2) {
            body.add(form[i] + "=" + URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = client.send(request(method, path, body.toString()), BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(200);
    }

    private HttpRequest request(String method, String path, String body) {
        String credentials = "admin:" + ENVIRONMENT.get("CONVOKE_ADMIN_PASSWORD");
        return HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(method, BodyPublishers.ofString(body))
                .build();
    }
}
