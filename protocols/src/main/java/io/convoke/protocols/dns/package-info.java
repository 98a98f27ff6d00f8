/**
 * What a name server says, and in which order its answers are tried: service records (RFC 2782), addresses of both families (RFC 8305 §4). No messages, no
 * sockets: whoever asks brings the answers.
 */
@NullMarked
package io.convoke.protocols.dns;

import org.jspecify.annotations.NullMarked;
