/**
 * What listeners of TCP connections share, whatever is spoken over them: deadlines of many connections, how many there are and from where, and the server's end
 * of TLS.
 */
@NullMarked
package io.convoke.media.tcp;

import org.jspecify.annotations.NullMarked;
