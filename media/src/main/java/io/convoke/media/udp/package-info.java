/** UDP sockets on Netty as both data planes want them: epoll with batched system calls where there is one, NIO elsewhere. */
@NullMarked
package io.convoke.media.udp;

import org.jspecify.annotations.NullMarked;
