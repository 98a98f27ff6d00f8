package io.convoke.actors.xmpp.session;

import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.util.Set;

/**
 * How a callbridge registers.
 *
 * @param each a session with each server that the SRV records name; else one with the best that can be had
 * @param plainTcp servers that are spoken to without TLS
 */
public record XmppSessionsSettings(
        boolean each, Set<ServerAddress> plainTcp, StreamLimits limits, RegistrationSettings.Bounds bounds) {}
