/**
 * What browsers and other clients reach: {@code POST /api/join}, the session WebSocket (RFC 6455), and the web app's files. Only translates between
 * HTTP and the {@link io.convoke.actors.webbridge.Webbridge}; the client protocol's page says what clients may expect.
 */
@NullMarked
package io.convoke.http.webbridge3;

import org.jspecify.annotations.NullMarked;
