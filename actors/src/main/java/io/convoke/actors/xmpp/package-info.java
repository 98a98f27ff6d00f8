/** XMPP on the control plane: the callbridge's sessions with XMPP servers, and what Convoke's own XMPP server decides. */
@NullMarked
package io.convoke.actors.xmpp;

import org.jspecify.annotations.NullMarked;
