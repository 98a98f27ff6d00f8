package io.convoke.node;

import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether the node's TCP ports can be had before anything is started, so that a taken one costs a line and not half a start. */
final class PortCheck {
    private PortCheck() {}

    static void of(NodeSettings settings) throws StartFailure {
        NodeSettings.Http http = settings.http();
        check(http.host(), http.port(), "choose another with --http or convoke.http.port");
        if (settings.has(Role.WEBBRIDGE3)
                || (!settings.isCore() && settings.c2w().listenPem().isConfigured())) {
            check(settings.c2w().listenHost(), settings.c2w().listenPort(), "see convoke.c2w.listen");
        }
        if (settings.isCore()) {
            check(settings.cluster().host(), settings.cluster().port(), "see convoke.cluster");
        }
    }

    private static void check(String host, int port, String advice) throws StartFailure {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new StartFailure("\"" + host + "\" is no name or address of this machine (" + advice + ").");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException failure) {
            throw new StartFailure(
                    "TCP port " + port + " of " + host + " cannot be opened: " + failure.getMessage() + " (" + advice
                            + ").",
                    failure);
        }
    }
}
