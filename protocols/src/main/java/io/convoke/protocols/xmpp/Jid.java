package io.convoke.protocols.xmpp;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An XMPP address (RFC 7622): {@code local@domain/resource}, normalized so that equal addresses are equal values.
 *
 * @param local null for none
 * @param resource null for none
 */
public record Jid(
        @Nullable String local, String domain, @Nullable String resource) {
    /** Most bytes of each part in UTF-8. */
    public static final int MAX_PART_BYTES = 1023;

    private static final String FORBIDDEN_IN_LOCAL = "\"&'/:<>@";

    /** Empty where it is no address. Never throws. */
    public static Optional<Jid> parse(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 3 * MAX_PART_BYTES + 2) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        String bare = slash < 0 ? text : text.substring(0, slash);
        String resource = slash < 0 ? null : text.substring(slash + 1);
        int at = bare.indexOf('@');
        String local = at < 0 ? null : bare.substring(0, at);
        return of(local, bare.substring(at + 1), resource);
    }

    /** Empty where a part is not allowed. */
    public static Optional<Jid> of(@Nullable String local, String domain, @Nullable String resource) {
        String host = normalizedDomain(domain);
        if (host == null) {
            return Optional.empty();
        }
        String user = local == null ? null : normalizedLocal(local);
        String place = resource == null ? null : Normalizer.normalize(resource, Normalizer.Form.NFC);
        boolean badUser = local != null && user == null;
        boolean badPlace = place != null && (!fits(place) || hasControls(place));
        return badUser || badPlace ? Optional.empty() : Optional.of(new Jid(user, host, place));
    }

    public Jid bare() {
        return resource == null ? this : new Jid(local, domain, null);
    }

    /** With another resource, which must be allowed. */
    public Optional<Jid> withResource(String resource) {
        return of(local, domain, resource);
    }

    public boolean isFull() {
        return resource != null;
    }

    @Override
    public String toString() {
        String bare = local == null ? domain : local + "@" + domain;
        return resource == null ? bare : bare + "/" + resource;
    }

    private static @Nullable String normalizedDomain(String domain) {
        String host = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        host = Normalizer.normalize(host, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return fits(host) && !hasControls(host) && host.chars().noneMatch(c -> c == '@' || c == '/' || c == ' ')
                ? host
                : null;
    }

    private static @Nullable String normalizedLocal(String local) {
        String user = Normalizer.normalize(local.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        return fits(user)
                        && !hasControls(user)
                        && user.chars().noneMatch(c -> c == ' ' || FORBIDDEN_IN_LOCAL.indexOf(c) >= 0)
                ? user
                : null;
    }

    private static boolean fits(String part) {
        return !part.isEmpty() && part.getBytes(StandardCharsets.UTF_8).length <= MAX_PART_BYTES;
    }

    private static boolean hasControls(String part) {
        return part.chars().anyMatch(Character::isISOControl);
    }
}
