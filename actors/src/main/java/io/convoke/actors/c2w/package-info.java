/**
 * What callbridge and web bridge tell each other over a C2W link, and the ports behind which the WebSocket lives. The callbridge dials; the web
 * bridge answers; neither side's actors see a socket. Each message is one JSON object with a {@code type}.
 */
@NullMarked
package io.convoke.actors.c2w;

import org.jspecify.annotations.NullMarked;
