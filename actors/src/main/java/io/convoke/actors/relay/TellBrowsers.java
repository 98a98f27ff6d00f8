package io.convoke.actors.relay;

import io.convoke.actors.c2w.IceServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What browsers are told.
 *
 * @param host name or address of this node's relay; empty: the one that the browser reached the web bridge by
 * @param urls of other servers, instead of this node's relay; empty: that one
 */
public record TellBrowsers(String host, List<String> urls) {
    public TellBrowsers {
        urls = List.copyOf(urls);
    }

    /** STUN servers apart: they take no credentials. TURN servers without any are left out, for browsers refuse them. */
    static List<IceServer> servers(List<String> urls, ParticipantBook.@Nullable Credential credential) {
        List<IceServer> servers = new ArrayList<>();
        List<String> stun = urls.stream().filter(url -> url.startsWith("stun")).toList();
        List<String> turn = urls.stream().filter(url -> url.startsWith("turn")).toList();
        if (!stun.isEmpty()) {
            servers.add(new IceServer(stun, null, null));
        }
        if (!turn.isEmpty() && credential != null) {
            servers.add(new IceServer(turn, credential.username(), credential.password()));
        }
        return servers;
    }
}
