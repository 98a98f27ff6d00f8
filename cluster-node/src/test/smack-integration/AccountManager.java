package org.jivesoftware.smackx.iqregister;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jivesoftware.smack.XMPPConnection;
import org.jxmpp.jid.parts.Localpart;

/**
 * Stands before Smack's class of this name, which makes accounts by XEP-0077: Convoke makes them by its API only. The system properties
 * {@code convoke.origin} and {@code convoke.password} say where, and how the administrator gets in.
 */
public final class AccountManager {
    private static final AccountManager INSTANCE = new AccountManager();

    private final HttpClient client = HttpClient.newHttpClient();

    private AccountManager() {}

    public static AccountManager getInstance(XMPPConnection connection) {
        return INSTANCE;
    }

    public boolean supportsAccountCreation() {
        return true;
    }

    public Set<String> getAccountAttributes() {
        return Set.of();
    }

    public void createAccount(Localpart user, String password) throws InterruptedException {
        String form = "userJid=" + encoded(user.toString()) + "&password=" + encoded(password);
        String credentials = "admin:" + System.getProperty("convoke.password");
        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getProperty("convoke.origin") + "/api/v1/users"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void createAccount(Localpart user, String password, Map<String, String> attributes)
            throws InterruptedException {
        createAccount(user, password);
    }

    /** The node is thrown away with all its accounts. */
    public void deleteAccount() {}

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
