package io.convoke.actors.xmpp;

import io.convoke.actors.xmpp.login.LoginAnswerer;
import io.convoke.actors.xmpp.login.LoginPeer;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.function.Consumer;

/** What a callbridge does with the IQs that XMPP servers send to it: logins above all. Safe from any thread; never blocks. */
public interface SessionStanzas {
    /** A {@code get} or {@code set} that came in over a session. The answer goes to {@code reply}, once, from any thread, unless the session is lost first. */
    void answer(LoginPeer session, Element iq, Consumer<Element> reply);

    /** The session of that name is over. */
    void lost(String session);

    static SessionStanzas of(LoginAnswerer logins) {
        return new SessionStanzas() {
            @Override
            public void answer(LoginPeer session, Element iq, Consumer<Element> reply) {
                logins.answer(session, iq, reply);
            }

            @Override
            public void lost(String session) {
                logins.lost(session);
            }
        };
    }
}
