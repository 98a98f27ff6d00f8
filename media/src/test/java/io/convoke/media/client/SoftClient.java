package io.convoke.media.client;

import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.rtp.rtcp.RtcpWriter;
import io.convoke.protocols.srtp.SrtpProfile;
import io.convoke.protocols.srtp.SrtpReceiver;
import io.convoke.protocols.srtp.SrtpSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * One peer connection: {@link #offer}, hand the text to the server, {@link #answered}, wait for {@link #connected}, send. Everything may be
 * called from any thread.
 */
public final class SoftClient implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "soft-client-clock");
        thread.setDaemon(true);
        return thread;
    });
    private static final long CHECK_MILLIS = 100;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private final SoftIdentity identity = SoftIdentity.generate();
    private final SrtpProfile profile;
    private final SoftSink sink;
    private final DatagramChannel socket;
    private final InetSocketAddress local;
    private final SoftTransport dtls = new SoftTransport(this::sendRaw);
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> checked = new CompletableFuture<>();
    private final byte[] protectedBytes = new byte[4096];
    private String ufrag = "soft";
    private String fingerprintToSignal = identity.fingerprint();
    private int offers;
    private int preferred;
    private volatile boolean deafToDtls;
    private volatile @Nullable InetSocketAddress server;
    private volatile @Nullable SoftAnswer answer;
    private final AtomicInteger toLose = new AtomicInteger();
    private volatile @Nullable SrtpReceiver receiver;
    private @Nullable SrtpSender sender;
    private @Nullable DTLSTransport connection;
    private @Nullable ScheduledFuture<?> checking;

    public SoftClient(SrtpProfile profile, SoftSink sink) {
        this.profile = profile;
        this.sink = sink;
        try {
            socket = DatagramChannel.open();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            socket.configureBlocking(false);
            local = (InetSocketAddress) socket.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        SoftReceiver.SHARED.register(socket, this::datagram);
    }

    /** Lies about the certificate from the next offer on. */
    public void signalWrongFingerprint() {
        fingerprintToSignal = SoftIdentity.generate().fingerprint();
    }

    /** ICE restart with the next offer. */
    public void restartIce() {
        ufrag = ufrag + "x";
    }

    public String offer(List<SoftSection> sections) {
        return SoftOffer.write(ufrag, "softsoftsoftsoftsoftsoft", fingerprintToSignal, ++offers, sections);
    }

    /** Takes the server's answer; the first one starts connectivity checks and the wait for DTLS. */
    public SoftAnswer answered(String sdp) {
        SoftAnswer read = SoftAnswer.read(sdp);
        boolean first = answer == null;
        answer = read;
        server = read.candidates().get(preferred);
        if (first) {
            thread("soft-dtls", () -> handshake(read.fingerprint()));
            checking = CLOCK.scheduleAtFixedRate(this::check, 0, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return read;
    }

    /** Completed when SRTP keys are there. */
    public CompletableFuture<Void> connected() {
        return connected;
    }

    /** Completed when a connectivity check was answered. */
    public CompletableFuture<Void> checked() {
        return checked;
    }

    public InetSocketAddress localAddress() {
        return local;
    }

    /** Checks that often from now on, as real clients do once they are connected; the server's consent must not run out between two. */
    public void checkEvery(long millis) {
        stopChecks();
        checking = CLOCK.scheduleAtFixedRate(this::check, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** No more connectivity checks: consent runs out. */
    public void stopChecks() {
        if (checking != null) {
            checking.cancel(false);
        }
    }

    /** One RTP packet with mid, and audio level (−dBov) where it is audio, as header extensions. */
    public void send(SoftSection section, int sequence, int timestamp, boolean marker, int levelDbov, byte[] payload) {
        byte[] mid = section.mid().getBytes(StandardCharsets.US_ASCII);
        int extensions = 1 + mid.length + (section.video() ? 0 : 2);
        int words = (extensions + 3) / 4;
        ByteBuffer packet = ByteBuffer.allocate(16 + words * 4 + payload.length);
        packet.put((byte) 0x90).put((byte) (section.payloadType() | (marker ? 0x80 : 0)));
        packet.putShort((short) sequence).putInt(timestamp).putInt(section.ssrc());
        packet.putShort((short) 0xBEDE).putShort((short) words);
        packet.put((byte) (SoftSection.MID_ID << 4 | (mid.length - 1))).put(mid);
        if (!section.video()) {
            packet.put((byte) (SoftSection.AUDIO_LEVEL_ID << 4)).put((byte) (levelDbov | 0x80));
        }
        packet.position(16 + words * 4);
        packet.put(payload);
        sendPlainRtp(packet.array(), packet.capacity());
    }

    /** Protects and sends a whole RTP packet. */
    public synchronized void sendPlainRtp(byte[] plain, int length) {
        if (sender == null) {
            throw new IllegalStateException("Expected a connected client");
        }
        sendRaw(protectedBytes, 0, sender.protectRtp(plain, 0, length, protectedBytes, 0));
    }

    /** Sends a compound packet that the function writes; it returns the end offset. */
    public synchronized void sendRtcp(ToIntFunction<RtcpWriter> compound) {
        if (sender == null) {
            throw new IllegalStateException("Expected a connected client");
        }
        byte[] plain = new byte[1200];
        RtcpWriter writer = new RtcpWriter();
        writer.reset(plain, 0);
        int length = compound.applyAsInt(writer);
        sendRaw(protectedBytes, 0, sender.protectRtcp(plain, 0, length, protectedBytes, 0));
    }

    /** Talks to that candidate of the answer, and like some real clients listens to no other address. */
    public void prefer(int candidate) {
        preferred = candidate;
    }

    /** Sends to that address without an answer from it. */
    public void aim(InetSocketAddress at) {
        server = at;
    }

    /** Never answers the server's handshake. */
    public void ignoreDtls() {
        deafToDtls = true;
    }

    /** The next packets of media are lost on the way to this client. */
    public void loseNext(int packets) {
        toLose.set(packets);
    }

    /** Sends bytes as they are. */
    public void sendRaw(byte[] bytes, int offset, int length) {
        InetSocketAddress to = server;
        try {
            if (to != null && socket.isOpen()) {
                socket.send(ByteBuffer.wrap(bytes, offset, length), to);
            }
        } catch (IOException e) {
            if (socket.isOpen()) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Says goodbye with a close_notify. */
    public synchronized void closeDtls() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopChecks();
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check() {
        SoftAnswer to = answer;
        if (to != null) {
            byte[] request = SoftStun.check(to.ufrag() + ":" + ufrag, to.pwd());
            sendRaw(request, 0, request.length);
        }
    }

    private void handshake(String serverFingerprint) {
        try {
            SoftDtlsServer role = new SoftDtlsServer(identity, profile, serverFingerprint);
            DTLSTransport done = new DTLSServerProtocol().accept(role, dtls);
            synchronized (this) {
                connection = done;
                sender = new SrtpSender(
                        profile, role.keys().localKey(), role.keys().localSalt());
            }
            receiver = new SrtpReceiver(
                    profile, role.keys().remoteKey(), role.keys().remoteSalt());
            connected.complete(null);
            byte[] ignored = new byte[2048];
            while (socket.isOpen()) {
                done.receive(ignored, 0, ignored.length, 500);
            }
        } catch (IOException | RuntimeException e) {
            connected.completeExceptionally(e);
        }
    }

    private void datagram(byte[] buffer, int length, SocketAddress from) {
        if (from.equals(server)) {
            received(buffer, length);
        }
    }

    private void received(byte[] buffer, int length) {
        int first = length == 0 ? 255 : buffer[0] & 0xFF;
        SrtpReceiver srtp = receiver;
        if (first <= 3) {
            if (SoftStun.isSuccess(buffer, length)) {
                checked.complete(null);
            }
        } else if (first >= 20 && first <= 63) {
            if (deafToDtls) {
                return;
            }
            dtls.arrived(Arrays.copyOf(buffer, length));
        } else if (srtp != null && RtpHeader.isRtcp(buffer, 0, length)) {
            int plain = srtp.unprotectRtcp(buffer, 0, length);
            if (plain > 0) {
                sink.rtcp(buffer, plain);
            }
        } else if (srtp != null && RtpHeader.looksLikeRtp(buffer, 0, length) && !lost()) {
            int plain = srtp.unprotectRtp(buffer, 0, length);
            if (plain > 0) {
                sink.rtp(buffer, plain);
            }
        }
    }

    private boolean lost() {
        return toLose.get() > 0 && toLose.getAndDecrement() > 0;
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
