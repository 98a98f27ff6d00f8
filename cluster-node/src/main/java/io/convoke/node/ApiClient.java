package io.convoke.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.storage.AdminAccount;
import io.convoke.http.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Asks a running node's API as the administrator. Blocks. */
final class ApiClient {
    private static final Duration WITHIN = Duration.ofSeconds(15);

    private final HttpClient client;
    private final URI node;
    private final String credentials;

    /** {@code body} is a missing node where the answer has none. */
    record Answer(int status, JsonNode body) {
        String text(String name) {
            return body.path(name).asText();
        }

        int number(String name) {
            return body.path(name).asInt();
        }

        List<String> texts(String list, String name) {
            return body.path(list).findValuesAsText(name);
        }

        /** Why it is none that was hoped for. */
        String words() {
            if (status == 401) {
                return "The node does not take this password. It is the one of CONVOKE_ADMIN_PASSWORD, or was printed at the first start.";
            }
            return body.hasNonNull("detail") ? text("detail") : "The node answered with status " + status + ".";
        }
    }

    private ApiClient(HttpClient client, URI node, String credentials) {
        this.client = client;
        this.node = node;
        this.credentials = credentials;
    }

    /** {@code trust}: a PEM file with the certificates to believe the node by; null for those that Java knows. */
    static ApiClient of(URI node, String password, @Nullable Path trust) throws StartFailure {
        if (node.getHost() == null || !List.of("http", "https").contains(node.getScheme())) {
            throw new StartFailure("--url: expected http://host:port or https://host:port, but found " + node);
        }
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(WITHIN);
        if (trust != null) {
            builder.sslContext(trusting(trust));
        }
        String pair = AdminAccount.USER + ":" + password;
        return new ApiClient(
                builder.build(),
                node,
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code form} is empty for none. */
    Answer send(String method, String path, String form) throws StartFailure {
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(WITHIN)
                .header("Authorization", credentials)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), Json.read(response.body()));
        } catch (IOException failure) {
            throw StartFailure.of("The node at " + node + " cannot be asked", failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted.", failure);
        }
    }

    private static SSLContext trusting(Path file) throws StartFailure {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("c" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw StartFailure.of("--trust: the certificates of " + file + " cannot be read", failure);
        }
    }
}
