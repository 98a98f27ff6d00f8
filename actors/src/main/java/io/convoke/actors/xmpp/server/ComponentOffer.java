package io.convoke.actors.xmpp.server;

import io.convoke.protocols.xmpp.login.LoginLoad;

/**
 * A component registered with one node, as the others are told of it.
 *
 * @param registration ID of the stream, which is another after each registration
 * @param decidesLogins whether it has said so, and answers; the counts mean nothing otherwise
 * @param logins as in {@link LoginLoad}, and so the next two
 */
record ComponentOffer(String name, long registration, boolean decidesLogins, int logins, int legs, int maxLegs) {
    static ComponentOffer plain(String name, long registration) {
        return new ComponentOffer(name, registration, false, 0, 0, 0);
    }

    static ComponentOffer of(String name, long registration, LoginLoad load) {
        return new ComponentOffer(name, registration, true, load.logins(), load.legs(), load.maxLegs());
    }
}
