package io.convoke.http.admin;

import akka.http.javadsl.model.HttpRequest;
import io.convoke.http.RequestFacts;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where a request comes from: which machine, and which page in a browser. */
public final class RequestOrigin {
    private static final List<String> FORWARDING = List.of("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via");
    /** {@code none} is a person who typed the address. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private RequestOrigin() {}

    /**
     * Whether the request is really from this machine: it names a loopback host (a page elsewhere that had its name resolve to 127.0.0.1 does not) and no
     * proxy says that it passes it on.
     */
    public static boolean isThisMachine(HttpRequest request) {
        boolean loopback =
                RequestFacts.peer(request).map(InetAddress::isLoopbackAddress).orElse(false);
        boolean passedOn =
                FORWARDING.stream().anyMatch(name -> request.getHeader(name).isPresent());
        return loopback && !passedOn && isLoopbackName(request.getUri().host().address());
    }

    /**
     * Whether no other site's page can have made the request. A browser sends a password that it remembers along with any page's form; but it also says which
     * page that was (Fetch Metadata, or the header {@code Origin}). Programs say neither.
     */
    public static boolean isOwnPage(HttpRequest request) {
        String site = RequestFacts.header(request, "Sec-Fetch-Site");
        if (!site.isEmpty()) {
            return OWN_SITE.contains(site.toLowerCase(Locale.ROOT));
        }
        String origin = RequestFacts.header(request, "Origin");
        if (origin.isEmpty()) {
            return true;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(RequestFacts.header(request, "Host"));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isLoopbackName(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("::1")
                || host.equals("[::1]");
    }
}
