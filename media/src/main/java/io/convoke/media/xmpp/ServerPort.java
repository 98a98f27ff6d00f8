package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the XMPP server's wire asks of the control plane. All methods are called on event loops, in order for one connection, and must return at once.
 */
public interface ServerPort {
    /**
     * A client's next step of SASL. The first has the mechanism; {@code data} is decoded, and empty where the client sent none. Answered once through
     * the exchange; until then nothing more comes from this client.
     */
    void authenticate(SaslExchange exchange, byte[] data);

    /** The client gave up, or its connection went, in the midst of an exchange. */
    void authenticationAbandoned(SaslExchange exchange);

    /**
     * A client wants its resource. Answer with the full address it has from now on; a failed stage refuses the binding. From then on stanzas come, and
     * {@link #clientGone} exactly once.
     *
     * @param requested the resource it asked for; empty: make one up
     */
    CompletionStage<Jid> bind(ClientConnection client, Optional<String> requested);

    /**
     * A client's stanza, {@code from} already set to its full address. {@code done} is run once the stanza has been taken over: so long as too many are not, the
     * connection is not read.
     */
    void fromClient(ClientConnection client, Element stanza, Runnable done);

    /**
     * The client is gone for good; with stream management that is when its time to resume is over. {@code undelivered}: stanzas it has not acknowledged.
     */
    void clientGone(ClientConnection client, String reason, java.util.List<Element> undelivered);

    /** The secret that a component of this name must prove (XEP-0114); empty where there is no such component. */
    CompletionStage<Optional<String>> componentSecret(String name);

    void componentUp(ComponentConnection component);

    void componentGone(ComponentConnection component, String reason);

    /** A component's stanza that is not for another component on this node. {@code done} as in {@link #fromClient}. */
    void fromComponent(ComponentConnection component, Element stanza, Runnable done);

    /** A line for the log and the trace; {@code text} holds no secret and no password. */
    void event(String step, String text);
}
