package io.convoke.media.udp;

/** A plane's counts, written by its event loop. */
final class Tally {
    long receivedDatagrams;
    long receivedMessages;
    long sentDatagrams;
    long sentMessages;
    long dropped;

    PlaneCounters counters() {
        return new PlaneCounters(receivedDatagrams, receivedMessages, sentDatagrams, sentMessages, dropped);
    }
}
