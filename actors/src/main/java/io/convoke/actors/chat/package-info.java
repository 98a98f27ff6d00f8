/**
 * A meeting's chat: one conversation for those in the web app and those who come as XMPP clients, to whom it is a room (XEP-0045). Kept with the space, as
 * the space's settings say. Left out of XEP-0045: affiliations, moderators, configuration and invitations; a space is configured elsewhere.
 */
@NullMarked
package io.convoke.actors.chat;

import org.jspecify.annotations.NullMarked;
