/**
 * The answering half of ICE (RFC 8445): an ICE-lite agent that is always controlled, the candidates it offers, and
 * consent to keep sending (RFC 7675).
 *
 * <p>One component per session (RTP and RTCP share it), UDP only. Left out on purpose, as a lite agent does not have
 * them: gathering, checks of its own, the controlling role, and restarts in place; a restart is a new agent.
 */
@NullMarked
package io.convoke.protocols.ice;

import org.jspecify.annotations.NullMarked;
