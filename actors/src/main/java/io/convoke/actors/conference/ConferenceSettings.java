package io.convoke.actors.conference;

import java.time.Duration;

/**
 * How a conference treats its instances.
 *
 * @param lease how long a grant holds
 * @param driftPermille bound on the drift between two nodes' monotonic clocks, in thousandths
 * @param settle how long a callbridge may be missing in the cluster's listing at first before it counts as gone
 * @param reservation how long a callbridge that was told to host has time to do so
 */
public record ConferenceSettings(Duration lease, int driftPermille, Duration settle, Duration reservation) {}
