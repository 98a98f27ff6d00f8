package io.convoke.bench.xmpp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A component's words on its way in, XEP-0114. */
final class ComponentPeer {
    private static final String STREAM = "<stream:stream";

    private ComponentPeer() {}

    static String header(String name) {
        return "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                + " xmlns:stream='http://etherx.jabber.org/streams' to='" + name + "'>";
    }

    /** The ID in the server's header; null until that is whole. */
    static @Nullable String streamId(StringBuilder heard) {
        int begin = heard.indexOf(STREAM);
        if (begin < 0 || heard.indexOf(">", begin) < 0) {
            return null;
        }
        int at = heard.indexOf(" id=", begin) + 5;
        return heard.substring(at, heard.indexOf(heard.substring(at - 1, at), at));
    }

    static String proof(String streamId) {
        byte[] both = (streamId + Contender.SECRET).getBytes(StandardCharsets.UTF_8);
        try {
            return "<handshake>"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-1").digest(both))
                    + "</handshake>";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the server has accepted the proof. */
    static void register(Socket socket, String name) throws IOException {
        send(socket, header(name));
        InputStream in = socket.getInputStream();
        StringBuilder heard = new StringBuilder();
        String id = null;
        while (id == null) {
            hear(in, heard);
            id = streamId(heard);
        }
        send(socket, proof(id));
        heard.setLength(0);
        while (heard.indexOf("<handshake") < 0 || heard.charAt(heard.length() - 1) != '>') {
            hear(in, heard);
        }
    }

    private static void hear(InputStream in, StringBuilder heard) throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("Expected the stream to go on, but it ended after " + heard);
        }
        heard.append((char) octet);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
