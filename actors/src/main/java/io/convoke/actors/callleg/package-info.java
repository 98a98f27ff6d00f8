/**
 * A call leg: one participant's part in a conference. The {@link io.convoke.actors.callleg.CallLeg} entity, sharded by the leg's GUID, speaks the server's
 * side of the client protocol; its media is anchored on the callbridge that hosts the conference.
 */
@NullMarked
package io.convoke.actors.callleg;

import org.jspecify.annotations.NullMarked;
