package io.convoke.protocols.xmpp.login;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Optional;

/**
 * How busy a callbridge is.
 *
 * @param logins logins it is deciding at this moment
 * @param legs call legs with media on it
 * @param maxLegs most that it takes
 */
public record LoginLoad(int logins, int legs, int maxLegs) {
    public Element payload() {
        return LoginWords.element("load")
                .with("logins", Integer.toString(logins))
                .with("legs", Integer.toString(legs))
                .with("maxLegs", Integer.toString(maxLegs));
    }

    /** The load in an IQ's result; empty where it is none, or malformed. Never throws. */
    public static Optional<LoginLoad> of(Element iq) {
        return iq.child("load", Namespaces.LOGIN)
                .map(load -> new LoginLoad(
                        LoginWords.count(load, "logins"),
                        LoginWords.count(load, "legs"),
                        LoginWords.count(load, "maxLegs")))
                .filter(load -> load.logins() >= 0 && load.legs() >= 0 && load.maxLegs() >= 0);
    }
}
