package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import io.convoke.actors.node.NodeContext;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * What the parts of one node's XMPP share. Safe from any thread.
 *
 * @param uid the node's ID in the cluster: the resource of its server's address
 * @param postRef set before the first stanza
 * @param stopping whether the node is being stopped
 */
record XmppNode(
        NodeContext context,
        XmppSettings settings,
        String uid,
        LocalStreams streams,
        ComponentDirectory directory,
        Router router,
        ServerIqs iqs,
        AtomicReference<ActorRef<StanzaPost.Command>> postRef,
        BooleanSupplier stopping) {

    static String addressOf(XmppSettings settings, String uid) {
        return settings.domain() + "/" + uid;
    }

    ActorRef<StanzaPost.Command> post() {
        return Objects.requireNonNull(postRef.get(), "set before the first stanza");
    }

    /** Says to the user's entity, wherever it is by now, that this client is here; not while the node stops, or its shards would wait for it. */
    void tellAgain(BoundClient client) {
        if (!stopping.getAsBoolean()) {
            tell(client, router.user(client.address()));
        }
    }

    /** Says to the user's entity that has asked who of the user's clients is here, and that this was all. */
    void tellAll(String account, ActorRef<XmppUser.Command> user) {
        streams.clientsOf(account).forEach(client -> tell(client, user));
        user.tell(new XmppUser.Told(uid));
    }

    private void tell(BoundClient client, RecipientRef<XmppUser.Command> user) {
        long connection = client.connection().id();
        user.tell(new XmppUser.Assert(client.resource(), connection, post(), client.available(), client.priority()));
        if (streams.client(connection).isEmpty()) {
            // Gone at this very moment: its goodbye may have been faster.
            user.tell(new XmppUser.Unbind(client.resource(), connection, post()));
        }
    }

    /** Another node is gone, with its components, and with the clients whom this node's callbridges have let in. */
    void nodeGone(ActorRef<StanzaPost.Command> node) {
        directory.gone(node).ifPresent(gone -> {
            Element words = new LoginRequest.Gone(null).payload();
            directory.local().stream()
                    .filter(ComponentOffer::decidesLogins)
                    .forEach(callbridge -> streams.component(callbridge.name())
                            .ifPresent(component -> component.send(Stanzas.iq(
                                    "set", "gone-" + gone, addressOf(settings, gone), callbridge.name(), words))));
        });
    }
}
