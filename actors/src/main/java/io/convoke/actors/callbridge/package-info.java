/**
 * The callbridge: dials the web bridges, answers joins, and hosts conferences' instances with their media. One {@link
 * io.convoke.actors.callbridge.Callbridge} runs on each core node; a {@code GuestLogin} per join, a {@code C2wLink} per web bridge and a {@code
 * ConferenceInstance} per hosted conference are its children.
 */
@NullMarked
package io.convoke.actors.callbridge;

import org.jspecify.annotations.NullMarked;
