package io.convoke.actors.xmpp.session;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A server that does to each connection what a script says, on a thread of its own. */
final class ScriptedServer implements AutoCloseable {
    /** What happens to one connection; it is closed afterwards, and what is thrown ends it too. */
    interface Script {
        void run(Line line) throws Exception;
    }

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ScriptedServer(Script script) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> accept(script));
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept(Script script) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                daemon(() -> {
                    try (socket) {
                        script.run(new Line(socket));
                    } catch (Exception gone) {
                        // The client went, or the script wanted it so.
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection. */
    static final class Line {
        private final Socket raw;
        private Socket current;

        Line(Socket raw) {
            this.raw = raw;
            this.current = raw;
        }

        /** The server's end of TLS. {@code clients} is whom it wants certificates of; null: none are asked for. */
        Line tls(TestCertificates.Identity identity, List<String> protocols, X509Certificate... clients)
                throws Exception {
            SSLSocket tls =
                    (SSLSocket) context(identity, clients).getSocketFactory().createSocket(raw, "", 0, true);
            tls.setUseClientMode(false);
            tls.setNeedClientAuth(clients.length > 0);
            tls.setEnabledProtocols(protocols.toArray(String[]::new));
            tls.startHandshake();
            current = tls;
            return this;
        }

        Line tls(TestCertificates.Identity identity) throws Exception {
            return tls(identity, List.of("TLSv1.3", "TLSv1.2"));
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            current.getOutputStream().write(bytes);
            current.getOutputStream().flush();
        }

        /** Reads until that text has come; fails at the end. */
        String until(String text) throws IOException {
            StringBuilder all = new StringBuilder();
            InputStream in = current.getInputStream();
            while (all.indexOf(text) < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("Expected " + text + ", but found the end");
                }
                all.append((char) next);
            }
            return all.toString();
        }

        /** Whatever comes first. */
        void anything() throws IOException {
            byte[] some = new byte[4096];
            if (current.getInputStream().read(some) < 0) {
                throw new IOException("Expected something, but found the end");
            }
        }

        /** Reads to the end, and keeps the connection open until then. */
        void swallow() throws IOException {
            byte[] some = new byte[4096];
            while (current.getInputStream().read(some) >= 0) {}
        }

        /** Answers whatever comes with a blank: a server that lives. */
        void pongs() throws IOException {
            byte[] some = new byte[4096];
            while (current.getInputStream().read(some) >= 0) {
                send(" ");
            }
        }

        /** Closes with RST. */
        void reset() throws IOException {
            raw.setSoLinger(true, 0);
            raw.close();
        }

        /** XEP-0114 up to the accepted handshake. */
        Line accept() throws IOException {
            header();
            until("</handshake>");
            send("<handshake/>");
            return this;
        }

        /** The answer to a component's header. */
        Line header() throws IOException {
            until("accept'");
            until(">");
            send("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' from='" + Walks.NAME + "' id='abc'>");
            return this;
        }

        void error(String condition, String text) throws IOException {
            send("<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                    + (text.isEmpty() ? "" : "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + text + "</text>")
                    + "</stream:error></stream:stream>");
        }
    }

    private static SSLContext context(TestCertificates.Identity identity, X509Certificate[] clients)
            throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        TrustManager[] trust = null;
        if (clients.length > 0) {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            for (int i = 0; i < clients.length; i++) {
                anchors.setCertificateEntry("client" + i, clients[i]);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            trust = factory.getTrustManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
    }
}
