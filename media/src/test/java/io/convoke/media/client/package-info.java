/**
 * A WebRTC client in software for tests and benchmarks: offers, checks connectivity as the controlling ICE agent, takes the DTLS server's
 * part, sends and receives SRTP. No codec: payloads are whatever the test wants. One UDP socket and two threads for each client.
 */
@NullMarked
package io.convoke.media.client;

import org.jspecify.annotations.NullMarked;
