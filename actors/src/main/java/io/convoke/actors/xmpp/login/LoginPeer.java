package io.convoke.actors.xmpp.login;

/**
 * Where a question came in: one registered session of the callbridge with an XMPP server.
 *
 * @param session the session's name, which no other has at the same time
 * @param domain the XMPP domain that the server stands for
 * @param encrypted whether the connection is: passwords are judged over such ones only
 */
public record LoginPeer(String session, String domain, boolean encrypted) {}
