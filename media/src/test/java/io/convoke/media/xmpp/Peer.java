package io.convoke.media.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The other end of a stream, by hand: bytes out, and waiting for text to come in. */
final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket tcp;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final StringBuilder received = new StringBuilder();

    private Peer(Socket tcp) throws IOException {
        this.tcp = tcp;
        tcp.setSoTimeout(PATIENCE_MILLIS);
        tcp.setTcpNoDelay(true);
        use(tcp);
    }

    static Peer connect(InetSocketAddress address) throws IOException {
        return new Peer(new Socket(address.getAddress(), address.getPort()));
    }

    /** With so small a window that few bytes are under way. */
    static Peer connectNarrow(InetSocketAddress address) throws IOException {
        Socket narrow = new Socket();
        narrow.setReceiveBufferSize(4096);
        narrow.connect(address);
        return new Peer(narrow);
    }

    /** From now on it speaks TLS. */
    Peer startTls(SSLContext context) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
        tls.setSoTimeout(PATIENCE_MILLIS);
        tls.startHandshake();
        use(tls);
        return this;
    }

    private void use(Socket next) throws IOException {
        socket = next;
        in = next.getInputStream();
        out = next.getOutputStream();
    }

    Peer send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return this;
    }

    /** Waits for it, and answers everything up to its end; what follows is kept for the next call. */
    String until(String awaited) throws IOException {
        byte[] buffer = new byte[16 << 10];
        while (true) {
            int at = received.indexOf(awaited);
            if (at >= 0) {
                String text = received.substring(0, at + awaited.length());
                received.delete(0, text.length());
                return text;
            }
            int length = in.read(buffer);
            if (length < 0) {
                throw new IOException("Expected " + awaited + ", but the connection ended after: " + received);
            }
            received.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
    }

    /** Waits for the connection's end; what came before it. */
    String untilEnd() throws IOException {
        byte[] buffer = new byte[16 << 10];
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                received.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException stillOpen) {
            throw new IOException("Expected the connection's end, but it is open still; came: " + received, stillOpen);
        } catch (IOException reset) {
            received.append("(reset)");
        }
        return received.toString();
    }

    /** Proves a component's secret up to the server's answer, which is left to be read. */
    Peer component(String name, String secret) throws Exception {
        send("<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='"
                + name + "'>");
        String header = until(">").contains("<?xml") ? until(">") : "";
        String id = header.replaceAll("(?s).* id='([^']*)'.*", "$1");
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((id + secret).getBytes(StandardCharsets.UTF_8));
        return send("<handshake>" + HexFormat.of().formatHex(digest) + "</handshake>");
    }

    /** Registers a component, and waits until it is. */
    Peer registered(String name) throws Exception {
        component(name, TestPort.SECRET).until("<handshake/>");
        return this;
    }

    /** Closes with RST. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
