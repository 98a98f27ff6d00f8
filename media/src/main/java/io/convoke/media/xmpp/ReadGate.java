package io.convoke.media.xmpp;

import io.netty.channel.Channel;

/** Whether a connection is read: not while anybody holds it. On its event loop only. */
final class ReadGate {
    private final Channel channel;
    private int holds;

    ReadGate(Channel channel) {
        this.channel = channel;
    }

    void hold() {
        if (holds++ == 0) {
            channel.config().setAutoRead(false);
        }
    }

    void release() {
        if (--holds == 0) {
            channel.config().setAutoRead(true);
        }
    }

    boolean held() {
        return holds > 0;
    }
}
