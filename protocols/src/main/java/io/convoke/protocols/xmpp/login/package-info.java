/** The words in which an XMPP server asks a callbridge to decide a client's login, and what it answers: {@code urn:convoke:login:1}, src/docs/xmpp-login.md. */
@NullMarked
package io.convoke.protocols.xmpp.login;

import org.jspecify.annotations.NullMarked;
