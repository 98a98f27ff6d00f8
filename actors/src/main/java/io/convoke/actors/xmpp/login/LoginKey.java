package io.convoke.actors.xmpp.login;

/**
 * How an exchange is known.
 *
 * @param peer name of the callbridge's session that it came in over
 * @param asker who asked: only the same may go on
 * @param session the asker's name for it
 */
record LoginKey(String peer, String asker, String session) {
    boolean isOf(String otherPeer, String otherAsker) {
        return peer.equals(otherPeer) && asker.equals(otherAsker);
    }
}
