/**
 * What every actor is doing, told by any core node: states by identifier, the life of one participant or conference step by step, and changes as
 * server-sent events. On the machine itself nobody is asked who they are; from elsewhere it takes TLS and the administrator (RFC 7617).
 */
@NullMarked
package io.convoke.http.state;

import org.jspecify.annotations.NullMarked;
