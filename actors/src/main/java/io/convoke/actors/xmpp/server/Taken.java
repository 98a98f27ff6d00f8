package io.convoke.actors.xmpp.server;

import io.convoke.actors.state.ClusterMessage;

/** A stanza has been taken over: by a stream, or by the rules that say what becomes of it. The sender may send the next one. */
record Taken(boolean delivered) implements ClusterMessage {}
