package io.convoke.media.udp;

/**
 * A plane's counts since it was opened.
 *
 * @param receivedMessages what the kernel handed in, several datagrams at once counted once; likewise {@code sentMessages}
 * @param dropped datagrams that were not sent because of a full buffer, an unreachable peer or another error of the socket
 */
public record PlaneCounters(
        long receivedDatagrams, long receivedMessages, long sentDatagrams, long sentMessages, long dropped) {}
