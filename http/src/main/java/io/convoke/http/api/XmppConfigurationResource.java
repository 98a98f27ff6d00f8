package io.convoke.http.api;

import akka.http.javadsl.model.HttpResponse;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.xmpp.XmppConfiguration;
import io.convoke.actors.xmpp.XmppConfigurationRule;
import io.convoke.actors.xmpp.XmppConfigurationStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /system/configuration/xmpp}: how a callbridge finds its XMPP servers. Its own node's, unless {@code callBridge} names another. */
final class XmppConfigurationResource {
    /** Tells whether a callbridge with that GUID is at work somewhere in the cluster. */
    interface Callbridges {
        CompletionStage<Boolean> isRunning(UUID callbridge);
    }

    private final XmppConfigurationStore store;
    private final @Nullable UUID own;
    private final Callbridges callbridges;
    private final Consumer<UUID> changed;
    private final AuditLog audit;

    XmppConfigurationResource(
            XmppConfigurationStore store,
            @Nullable UUID own,
            Callbridges callbridges,
            Consumer<UUID> changed,
            AuditLog audit) {
        this.store = store;
        this.own = own;
        this.callbridges = callbridges;
        this.changed = changed;
        this.audit = audit;
    }

    CompletionStage<HttpResponse> show(ApiRequest request) {
        return callbridge(request)
                .thenCompose(callbridge ->
                        store.read(callbridge).thenApply(found -> answer(request.wantsJson(), callbridge, found)));
    }

    CompletionStage<HttpResponse> change(ApiRequest request) {
        return callbridge(request).thenCompose(callbridge -> {
            List<String> fields = new ArrayList<>();
            return store.change(callbridge, before -> {
                        XmppConfiguration after = checked(changed(before, request.form()));
                        // Anew where the database has us try again.
                        fields.clear();
                        fields.addAll(different(before, after));
                        return after;
                    })
                    .thenApply(after -> {
                        if (!fields.isEmpty()) {
                            audit.record(
                                    request,
                                    Ids.none().withCallbridge(callbridge),
                                    "modified XMPP configuration of callbridge " + callbridge + " ("
                                            + String.join(", ", fields) + ")");
                        }
                        // Told even where nothing changed: whoever saves again wants a new attempt now.
                        changed.accept(callbridge);
                        return ApiAnswer.done();
                    });
        });
    }

    private CompletionStage<UUID> callbridge(ApiRequest request) {
        Optional<String> named = request.form().find("callBridge").filter(text -> !text.isEmpty());
        if (named.isEmpty()) {
            if (own == null) {
                throw ApiFailure.parameter(
                        "callBridge",
                        "valueMissing",
                        "This node has no callbridge of its own: say which one is meant.");
            }
            return CompletableFuture.completedFuture(own);
        }
        UUID callbridge = Guids.parse(named.get())
                .orElseThrow(() -> ApiFailure.parameter("callBridge", "valueInvalid", "A callbridge's ID is a GUID."));
        if (callbridge.equals(own)) {
            return CompletableFuture.completedFuture(callbridge);
        }
        // One that is stopped at the moment is known by its record.
        return store.read(callbridge)
                .thenCompose(found -> found.equals(XmppConfiguration.EMPTY)
                        ? callbridges.isRunning(callbridge)
                        : CompletableFuture.completedFuture(true))
                .thenApply(known -> {
                    if (!known) {
                        throw ApiFailure.of(400, "callBridgeDoesNotExist", "There is no such callbridge.");
                    }
                    return callbridge;
                });
    }

    private static XmppConfiguration changed(XmppConfiguration before, Form form) {
        return new XmppConfiguration(
                form.get("uniqueName", before.uniqueName()),
                form.get("domain", before.domain()),
                form.get("sharedSecret", before.sharedSecret()),
                form.get("serverAddressOverride", before.serverAddressOverride()));
    }

    private static XmppConfiguration checked(XmppConfiguration configuration) {
        XmppConfigurationRule.firstBad(configuration).ifPresent(field -> {
            throw ApiFailure.parameter(field, "valueInvalid", words(field));
        });
        return configuration;
    }

    private static String words(String field) {
        return switch (field) {
            case "uniqueName" -> "The unique name must look like a domain name, such as cb1.example.org.";
            case "domain" -> "The domain must be a domain name, such as example.org.";
            case "sharedSecret" ->
                "The shared secret must have 1 to " + XmppConfigurationRule.MAX_SECRET
                        + " characters, with no space at its ends and no control characters.";
            default ->
                "The server address must be a host or host:port with a port from 1 to 65535, such as xmpp.example.org:5223"
                        + " or [2001:db8::1]:5223.";
        };
    }

    private static List<String> different(XmppConfiguration before, XmppConfiguration after) {
        List<String> fields = new ArrayList<>();
        add(fields, "uniqueName", before.uniqueName(), after.uniqueName());
        add(fields, "domain", before.domain(), after.domain());
        add(fields, "sharedSecret", before.sharedSecret(), after.sharedSecret());
        add(fields, "serverAddressOverride", before.serverAddressOverride(), after.serverAddressOverride());
        return fields;
    }

    private static void add(List<String> fields, String name, String before, String after) {
        if (!before.equals(after)) {
            fields.add(name);
        }
    }

    /** Never the secret, not even masked. */
    private static HttpResponse answer(boolean json, UUID callbridge, XmppConfiguration found) {
        ApiAnswer.Item item = ApiAnswer.Item.of(null);
        if (json) {
            item.with("callBridge", callbridge.toString());
        }
        item.with("uniqueName", found.uniqueName())
                .with("domain", found.domain())
                .with("sharedSecretSet", !found.sharedSecret().isEmpty())
                .with("serverAddressOverride", found.serverAddressOverride());
        return ApiAnswer.one(json, "xmpp", item);
    }
}
