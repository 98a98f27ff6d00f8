package io.convoke.media.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingDatagramsTest {
    private static final InetSocketAddress ONE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress TWO = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);

    private final OutgoingDatagrams datagrams = new OutgoingDatagrams(UnpooledByteBufAllocator.DEFAULT);

    @AfterEach
    void freeAll() {
        datagrams.close();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(DatagramPacket datagram) {
        return datagram.content().toString(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldUseADatagramAgainOnlyWhenItWasReleased() {
        // given
        DatagramPacket first = datagrams.of(text("first"), 5, ONE);
        DatagramPacket second = datagrams.of(text("second"), 6, TWO);
        // then
        assertThat(second).isNotSameAs(first);
        assertThat(text(first)).isEqualTo("first");
        assertThat(first.recipient()).isEqualTo(ONE);
        // when
        assertThat(first.retain().release()).as("still held").isFalse();
        assertThat(first.release()).isTrue();
        DatagramPacket third = datagrams.of(text("3"), 1, TWO);
        // then
        assertThat(third).isSameAs(first);
        assertThat(text(third)).isEqualTo("3");
        assertThat(third.recipient()).isEqualTo(TWO);
        assertThat(text(second)).isEqualTo("second");
        third.release();
        second.release();
    }

    @Test
    void shouldRefuseToReleaseWhatIsNotHeld() {
        DatagramPacket datagram = datagrams.of(text("x"), 1, ONE);
        datagram.release();
        assertThatThrownBy(datagram::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        byte[] longest = new byte[OutgoingDatagrams.MAX_BYTES + 1];
        DatagramPacket fits = datagrams.of(longest, longest.length - 1, ONE);
        assertThat(fits.content().readableBytes()).isEqualTo(OutgoingDatagrams.MAX_BYTES);
        fits.release();
        assertThatThrownBy(() -> datagrams.of(longest, longest.length, ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFreeEveryBufferOnceClosed() {
        // given
        DatagramPacket idle = datagrams.of(text("idle"), 4, ONE);
        DatagramPacket underWay = datagrams.of(text("under way"), 9, ONE);
        ByteBuf idleBuffer = idle.content();
        ByteBuf otherBuffer = underWay.content();
        idle.release();
        // when
        datagrams.close();
        // then
        assertThat(idleBuffer.refCnt()).isZero();
        assertThat(text(underWay)).isEqualTo("under way");
        // when
        underWay.release();
        // then
        assertThat(otherBuffer.refCnt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGoThroughEitherTransportMoreThanOnce(boolean epoll) throws Exception {
        if (epoll && !Epoll.isAvailable()) {
            return; // elsewhere than on Linux there is only the other
        }
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, io);
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            // given
            receiver.setSoTimeout(5_000);
            InetSocketAddress to = (InetSocketAddress) receiver.getLocalSocketAddress();
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            List<DatagramPacket> used = new ArrayList<>();
            for (String round : List.of("a", "b")) {
                // when
                channel.eventLoop()
                        .submit(() -> {
                            for (int i = 0; i < 3; i++) {
                                DatagramPacket datagram = datagrams.of(text(round + i), 2, to);
                                used.add(datagram);
                                channel.write(datagram, channel.voidPromise());
                            }
                            channel.flush();
                        })
                        .get(5, TimeUnit.SECONDS);
                // then
                for (int i = 0; i < 3; i++) {
                    java.net.DatagramPacket in = new java.net.DatagramPacket(new byte[16], 16);
                    receiver.receive(in);
                    assertThat(new String(in.getData(), 0, in.getLength(), StandardCharsets.US_ASCII))
                            .isEqualTo(round + i);
                }
            }
            assertThat(used).hasSize(6);
            assertThat(used.subList(3, 6)).containsExactlyInAnyOrderElementsOf(used.subList(0, 3));
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }
}
