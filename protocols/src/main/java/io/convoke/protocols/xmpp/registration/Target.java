package io.convoke.protocols.xmpp.registration;

/** A server to try; priority and weight are 0 where no SRV record named it. */
record Target(ServerAddress server, int priority, int weight, boolean fromServiceRecord) {}
