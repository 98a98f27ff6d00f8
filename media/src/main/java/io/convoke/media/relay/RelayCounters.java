package io.convoke.media.relay;

/**
 * A STUN server's counts since its start.
 *
 * @param malformed not STUN, or with a wrong checksum
 * @param notBinding STUN, but not a Binding request
 * @param limited requests over their source's rate
 */
public record RelayCounters(long received, long answered, long malformed, long notBinding, long limited) {}
