package io.convoke.node.system;

import com.fasterxml.jackson.databind.JsonNode;

/** Where a node's XMPP server listens, as its state says. */
final class XmppPorts {
    private XmppPorts() {}

    /** {@code what}: {@code clients}, {@code components}, … of the only node. */
    static int of(Api api, String what) throws Exception {
        return of(api, "", what);
    }

    /** Of the node of that name, or with an empty one of any. */
    static int of(Api api, String node, String what) throws Exception {
        for (JsonNode server : api.state("/state/xmpp-servers").path("xmpp-servers")) {
            if (!node.isEmpty() && !node.equals(server.path("node").asText())) {
                continue;
            }
            for (JsonNode listener : server.path("listeners")) {
                if (listener.path("for").asText().equals(what)) {
                    String address = listener.path("address").asText();
                    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
                }
            }
        }
        throw new AssertionError("No listener for " + what);
    }
}
