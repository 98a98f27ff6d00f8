package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.xmpp.xml.Element;
import java.net.InetAddress;

/** What a {@link ComponentRegistration}'s shell has to do. */
public sealed interface RegistrationOutput {
    /** Make ready what connections need (certificate, key, trust), and answer with {@link ComponentRegistration#handlePrepared}. */
    record Prepare() implements RegistrationOutput {}

    /** Look up, and answer with {@link ComponentRegistration#handleAnswer}; an address literal as name is its own answer. */
    record Ask(DnsQuestion question) implements RegistrationOutput {}

    /** Open a TCP connection; {@link ComponentRegistration#handleConnected} or {@link ComponentRegistration#handleBroken}. */
    record Connect(long attempt, InetAddress address, int port) implements RegistrationOutput {}

    /** Do the TLS handshake as client, with the check in it; {@link ComponentRegistration#handleSecured} or {@link ComponentRegistration#handleBroken}. */
    record Secure(long attempt, ServerAddress server, ServerCertificateCheck check) implements RegistrationOutput {}

    /** Send these bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Transmit(long attempt, byte[] bytes) implements RegistrationOutput {}

    /** Close the connection after what was transmitted; nothing of it is wanted any more. */
    record Close(long attempt) implements RegistrationOutput {}

    /** The server has accepted. */
    record Registered() implements RegistrationOutput {}

    /** A stanza of the server. */
    record Received(Element stanza) implements RegistrationOutput {}

    /** The round is over, or a registration that was up. */
    record Failed(RegistrationFailure failure, boolean wasRegistered) implements RegistrationOutput {}
}
