package io.convoke.protocols.xmpp.registration;

/**
 * Somewhere that is tried, or will be.
 *
 * @param address empty until it is known
 * @param priority and {@code weight}: of the SRV record; 0 without
 * @param outcome for people
 */
public record CandidateView(String address, int port, String target, int priority, int weight, String outcome) {}
