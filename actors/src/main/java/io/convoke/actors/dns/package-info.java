/** Look-ups in the domain name system, with the records' own times to live (RFC 1035, RFC 2782), by dnsjava. Nothing is cached here. */
@NullMarked
package io.convoke.actors.dns;

import org.jspecify.annotations.NullMarked;
