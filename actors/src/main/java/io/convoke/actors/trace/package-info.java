/**
 * The story of each participant and conference: events with identifiers, kept in a bounded ring on every node, asked
 * for across the cluster, and written as log lines to the console, to rotated files and to syslog servers (RFC 3164).
 */
@NullMarked
package io.convoke.actors.trace;

import org.jspecify.annotations.NullMarked;
