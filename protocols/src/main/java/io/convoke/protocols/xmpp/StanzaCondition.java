package io.convoke.protocols.xmpp;

import java.util.Locale;

/** Why a stanza is answered with an error (RFC 6120 §8.3.3), each with its usual type (§8.3.2). */
public enum StanzaCondition {
    BAD_REQUEST("modify"),
    CONFLICT("cancel"),
    FEATURE_NOT_IMPLEMENTED("cancel"),
    FORBIDDEN("auth"),
    GONE("cancel"),
    INTERNAL_SERVER_ERROR("cancel"),
    ITEM_NOT_FOUND("cancel"),
    JID_MALFORMED("modify"),
    NOT_ACCEPTABLE("modify"),
    NOT_ALLOWED("cancel"),
    NOT_AUTHORIZED("auth"),
    POLICY_VIOLATION("modify"),
    RECIPIENT_UNAVAILABLE("wait"),
    REDIRECT("modify"),
    REGISTRATION_REQUIRED("auth"),
    REMOTE_SERVER_NOT_FOUND("cancel"),
    REMOTE_SERVER_TIMEOUT("wait"),
    RESOURCE_CONSTRAINT("wait"),
    SERVICE_UNAVAILABLE("cancel"),
    SUBSCRIPTION_REQUIRED("auth"),
    UNDEFINED_CONDITION("cancel"),
    UNEXPECTED_REQUEST("wait");

    private final String type;

    StanzaCondition(String type) {
        this.type = type;
    }

    /** {@code auth}, {@code cancel}, {@code modify} or {@code wait}. */
    public String type() {
        return type;
    }

    /** As on the wire: {@code item-not-found}. */
    public String element() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
