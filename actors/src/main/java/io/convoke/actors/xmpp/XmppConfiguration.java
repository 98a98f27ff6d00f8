package io.convoke.actors.xmpp;

/**
 * How a callbridge finds and proves itself to its XMPP servers: the original's {@code /system/configuration/xmpp}. Each is empty where it is not set.
 *
 * @param uniqueName the callbridge's ID at the server, which is its address there
 * @param domain the XMPP domain
 * @param serverAddressOverride {@code host} or {@code host:port}; empty: the domain's SRV records say
 */
public record XmppConfiguration(String uniqueName, String domain, String sharedSecret, String serverAddressOverride) {
    public static final XmppConfiguration EMPTY = new XmppConfiguration("", "", "", "");

    /** Never the secret. */
    @Override
    public String toString() {
        return "XmppConfiguration[uniqueName=" + uniqueName + ", domain=" + domain + ", serverAddressOverride="
                + serverAddressOverride + "]";
    }
}
