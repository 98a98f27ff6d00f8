/** The callbridge's answers to XMPP logins: src/docs/xmpp-login.md. SCRAM (RFC 5802, RFC 7677), PLAIN (RFC 4616), ANONYMOUS (RFC 4505). */
@NullMarked
package io.convoke.actors.xmpp.login;

import org.jspecify.annotations.NullMarked;
