package io.convoke.media.relay.stream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;

/** The two ways to the network: all tests go both. */
public enum Io {
    EPOLL {
        @Override
        IoHandlerFactory factory() {
            return EpollIoHandler.newFactory();
        }
    },
    NIO {
        @Override
        IoHandlerFactory factory() {
            return NioIoHandler.newFactory();
        }
    };

    abstract IoHandlerFactory factory();

    public EventLoopGroup group(int loops) {
        return new MultiThreadIoEventLoopGroup(loops, factory());
    }
}
