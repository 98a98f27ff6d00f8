/**
 * Spaces: the meeting rooms people join by a call ID, a name or a secret link, kept as rows in the database and cached
 * for a moment; and what a wrong passcode costs.
 */
@NullMarked
package io.convoke.actors.space;

import org.jspecify.annotations.NullMarked;
