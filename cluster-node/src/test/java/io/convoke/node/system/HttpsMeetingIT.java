package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.http.tls.PemFiles;
import io.convoke.node.browser.Browsers;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on an address that is not loopback: everything over TLS with the generated certificate, and the state for the administrator only. */
class HttpsMeetingIT {
    /** The address that {@code src/test/netns/bin/java} gives the tests' network. */
    private static final String ADDRESS = "10.99.0.1";

    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path folder;

    @Test
    void shouldMeetOverHttpsAndShowTheStateToTheAdministratorOnly() throws Exception {
        Browsers.CHROMIUM.require();
        requireAddress();
        // given
        Path file = Configuration.write(
                folder,
                "https",
                "convoke.conf",
                "convoke { http.host = \"" + ADDRESS + "\", admin.password = \"" + PASSWORD + "\" }");
        Path data = folder.resolve("data");
        try (NodeProcess node =
                NodeProcess.start("https", "--config", file.toString(), "--http", "0", "--data", data.toString())) {
            String origin = node.awaitReady();
            assertThat(origin).startsWith("https://" + ADDRESS + ":");
            String meeting = origin + "/meeting/9999";

            // when
            try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, meeting, "Ada");
                    MeetingPage bob = MeetingPage.join(Browsers.CHROMIUM, meeting, "Bob")) {
                // then
                ada.awaitMediaOf(1);
                bob.awaitMediaOf(1);
                assertThat(ada.evaluate("window.isSecureContext").asBoolean()).isTrue();
                assertThat(ada.evaluate("fetch('/state/call-legs', { credentials: 'omit' }).then(each => each.status)")
                                .asInt())
                        .isEqualTo(401);

                HttpClient client = trusting(data.resolve("certs/https.crt"));
                assertThat(state(client, origin, null).statusCode()).isEqualTo(401);
                assertThat(state(client, origin, "admin:wrong horse").statusCode())
                        .isEqualTo(401);
                HttpResponse<String> shown = state(client, origin, "admin:" + PASSWORD);
                assertThat(shown.statusCode()).isEqualTo(200);
                JsonNode legs = Api.JSON.readTree(shown.body()).path("call-legs");
                assertThat(legs.findValuesAsText("name")).containsExactlyInAnyOrder("Ada", "Bob");
            }
            assertThat(node.lines()).noneMatch(line -> line.contains(PASSWORD));
        }
    }

    private static HttpResponse<String> state(HttpClient client, String origin, @Nullable String credentials)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + "/state/call-legs")).timeout(Duration.ofSeconds(30));
        if (credentials != null) {
            byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** A client that believes this certificate and no other, and checks the address against it. */
    private static HttpClient trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        List<X509Certificate> certificates = PemFiles.certificates(certificate);
        store.setCertificateEntry("node", certificates.get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    /** Skips, or fails under {@code CI=true}, where the tests have no network of their own. */
    private static void requireAddress() throws Exception {
        boolean there = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address.getHostAddress().equals(ADDRESS));
        if (there) {
            return;
        }
        String words = "This test needs root, unshare and ip to have the address " + ADDRESS;
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(words);
        }
        Assumptions.abort(words);
    }
}
