package io.convoke.media.relay;

import io.convoke.protocols.turn.Client;

/** Where the allocation of a client is whose packets come to another loop: after it moved here (RFC 8016), or used a reservation made there. */
record Elsewhere(RelayLoop loop, Client client) {}
