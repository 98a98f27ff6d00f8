package io.convoke.http.api;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.xmpp.ComponentSecrets;
import io.convoke.actors.xmpp.XmppConfigurationRule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** {@code /xmppCallbridges}: who may register with this cluster's own XMPP server. */
final class ComponentsResource {
    private static final String PLURAL = "xmppCallbridges";
    private static final String SINGULAR = "xmppCallbridge";
    private static final int SECRET_BYTES = 18;

    private final ComponentSecrets secrets;
    private final Consumer<String> changed;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();

    ComponentsResource(ComponentSecrets secrets, Consumer<String> changed, AuditLog audit) {
        this.secrets = secrets;
        this.changed = changed;
        this.audit = audit;
    }

    CompletionStage<HttpResponse> list(ApiRequest request) {
        Page page = Page.of(request.form());
        return secrets.names().thenApply(all -> {
            List<String> matching = page.matching(all, name -> name);
            List<ApiAnswer.Item> items =
                    page.cut(matching).stream().map(ComponentsResource::item).toList();
            return ApiAnswer.list(request.wantsJson(), PLURAL, SINGULAR, matching.size(), items);
        });
    }

    CompletionStage<HttpResponse> show(ApiRequest request) {
        String name = request.id().toLowerCase(Locale.ROOT);
        return secrets.find(name).thenApply(found -> {
            if (found.isEmpty()) {
                throw unknown();
            }
            return ApiAnswer.one(request.wantsJson(), SINGULAR, item(name));
        });
    }

    CompletionStage<HttpResponse> add(ApiRequest request) {
        String name = request.form().required("name").toLowerCase(Locale.ROOT);
        if (!XmppConfigurationRule.isName(name)) {
            throw ApiFailure.parameter(
                    "name", "valueInvalid", "The name must look like a domain name, such as cb1.example.org.");
        }
        String given = request.form().get("sharedSecret", "");
        String secret = given.isEmpty() ? madeUp() : checked(given);
        return secrets.add(name, secret).thenApply(added -> {
            if (!added) {
                throw ApiFailure.of(400, "duplicateXmppCallbridgeName", "There is a callbridge of that name already.");
            }
            audit.record(request, Ids.none(), "created new XMPP callbridge " + name);
            HttpResponse answer = given.isEmpty()
                    ? ApiAnswer.one(request.wantsJson(), SINGULAR, item(name).with("sharedSecret", secret))
                    : ApiAnswer.done();
            return answer.addHeader(RawHeader.create(
                    "Location", ApiRoutes.BASE + PLURAL + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
        });
    }

    CompletionStage<HttpResponse> change(ApiRequest request) {
        String name = request.id();
        String secret = request.form()
                .find("sharedSecret")
                .map(ComponentsResource::checked)
                .orElse(null);
        if (secret == null) {
            return secrets.find(name).thenApply(found -> {
                if (found.isEmpty()) {
                    throw unknown();
                }
                return ApiAnswer.done();
            });
        }
        return secrets.replace(name, secret).thenApply(replaced -> done(request, replaced, "modified"));
    }

    CompletionStage<HttpResponse> remove(ApiRequest request) {
        return secrets.remove(request.id()).thenApply(removed -> done(request, removed, "deleted"));
    }

    private HttpResponse done(ApiRequest request, boolean found, String did) {
        if (!found) {
            throw unknown();
        }
        audit.record(request, Ids.none(), did + " XMPP callbridge " + request.id());
        changed.accept(request.id().toLowerCase(Locale.ROOT));
        return ApiAnswer.done();
    }

    private String madeUp() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String checked(String secret) {
        if (secret.isEmpty()) {
            throw ApiFailure.parameter("sharedSecret", "valueMissing", "A callbridge needs a shared secret.");
        }
        if (!XmppConfigurationRule.isSecret(secret)) {
            throw ApiFailure.parameter(
                    "sharedSecret",
                    "valueInvalid",
                    "The shared secret must have 1 to " + XmppConfigurationRule.MAX_SECRET
                            + " characters, with no space at its ends and no control characters.");
        }
        return secret;
    }

    private static ApiAnswer.Item item(String name) {
        return ApiAnswer.Item.of(name).with("name", name);
    }

    private static ApiFailure unknown() {
        return ApiFailure.of(404, "xmppCallbridgeDoesNotExist", "There is no XMPP callbridge of that name.");
    }
}
