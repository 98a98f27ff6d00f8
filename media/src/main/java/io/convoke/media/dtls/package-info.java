/** What DTLS handshakes share, whichever side of them is ours: many wait at once for their peers, and few compute. */
@NullMarked
package io.convoke.media.dtls;

import org.jspecify.annotations.NullMarked;
