/**
 * Convoke's own XMPP server, as far as it decides: who is where, which way a stanza goes, which callbridge decides a login. RFC 6120 §8 and §10, RFC 6121 §8
 * without rosters, subscriptions and offline storage. Bytes are the wire's ({@code io.convoke.media.xmpp}).
 */
@NullMarked
package io.convoke.actors.xmpp.server;

import org.jspecify.annotations.NullMarked;
