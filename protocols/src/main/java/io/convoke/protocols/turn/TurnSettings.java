package io.convoke.protocols.turn;

/**
 * What a server offers.
 *
 * @param realm told to clients; part of every key
 * @param software told in answers to authenticated requests; empty for none
 * @param ipv4 whether IPv4 addresses can be relayed
 * @param ipv6 whether IPv6 addresses can be relayed
 * @param features what else is served
 */
public record TurnSettings(
        String realm, String software, boolean ipv4, boolean ipv6, TurnFeatures features, TurnLimits limits) {

    /** Everything on, with the RFCs' limits. */
    public static TurnSettings of(String realm) {
        return new TurnSettings(realm, "", true, true, TurnFeatures.ALL, TurnLimits.DEFAULT);
    }

    boolean tcpAllocations() {
        return features.tcpAllocations();
    }

    boolean mobility() {
        return features.mobility();
    }

    boolean dontFragment() {
        return features.dontFragment();
    }

    boolean userhash() {
        return features.userhash();
    }

    boolean oldChannels() {
        return features.oldChannels();
    }
}
