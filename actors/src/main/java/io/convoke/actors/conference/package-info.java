/**
 * A conference: what is true of one space's meeting, wherever its media runs. The {@link io.convoke.actors.conference.Conference} entity, sharded by
 * the space's GUID and event-sourced, decides who is in, who hosts, and whether anybody may be admitted.
 */
@NullMarked
package io.convoke.actors.conference;

import org.jspecify.annotations.NullMarked;
