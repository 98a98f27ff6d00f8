package io.convoke.node.peers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.ReconnectionManager;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.ping.PingManager;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** A client with Smack, over STARTTLS: as a user with SCRAM, or as nobody in particular. */
public final class SmackClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static {
        // The product's Aalto, which Smack would find first, waits for more where Smack wants what there is.
        System.setProperty("javax.xml.stream.XMLInputFactory", "com.sun.xml.internal.stream.XMLInputFactoryImpl");
    }

    private final XMPPTCPConnection connection;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private @Nullable MultiUserChat room;

    private SmackClient(XMPPTCPConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects to 127.0.0.1 and logs in.
     *
     * @param authority whose certificates to believe
     * @param user null: anonymously
     */
    public static SmackClient login(String domain, int port, Path authority, @Nullable String user, String password)
            throws Exception {
        XMPPTCPConnectionConfiguration.Builder builder = XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(domain)
                .setHostAddress(InetAddress.getByName("127.0.0.1"))
                .setPort(port)
                .setSecurityMode(SecurityMode.required)
                .setCustomX509TrustManager(trusting(authority));
        if (user == null) {
            builder.performSaslAnonymousAuthentication();
        } else {
            builder.setUsernameAndPassword(user, password);
        }
        XMPPTCPConnection connection = new XMPPTCPConnection(builder.build());
        connection.setReplyTimeout(PATIENCE.toMillis());
        ReconnectionManager.getInstanceFor(connection).disableAutomaticReconnection();
        Roster.getInstanceFor(connection).setRosterLoadedAtLogin(false);
        SmackClient client = new SmackClient(connection);
        try {
            connection.connect().login();
            return client;
        } catch (IOException | SmackException | XMPPException | InterruptedException failure) {
            client.close();
            throw failure;
        }
    }

    /** Its full address. */
    public String address() {
        return String.valueOf(connection.getUser());
    }

    /** Whether the server acknowledges stanzas and lets a broken stream be resumed (XEP-0198). */
    public boolean isResumable() {
        return connection.isSmEnabled() && connection.isSmResumptionPossible();
    }

    public boolean ping(String address) throws Exception {
        return PingManager.getInstanceFor(connection).ping(JidCreate.from(address));
    }

    /** What is said there from now on, and has been said, can be asked for. */
    public void join(String address, String nick) throws Exception {
        MultiUserChat joined =
                MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(JidCreate.entityBareFrom(address));
        joined.addMessageListener(message -> {
            if (message.getBody() != null) {
                hear(message.getFrom().getResourceOrEmpty() + ": " + message.getBody());
            }
        });
        joined.join(Resourcepart.from(nick));
        room = joined;
    }

    public void say(String words) throws Exception {
        joined().sendMessage(words);
    }

    public void leave() throws Exception {
        joined().leave();
    }

    private synchronized void hear(String words) {
        heard.add(words);
        notifyAll();
    }

    /** Waits until it has heard all of these, or fails with what it has heard. */
    public synchronized void awaitHeard(String... wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!heard.containsAll(List.of(wanted))) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Expected " + List.of(wanted) + ", but heard " + heard);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left); // woken by hear()
        }
    }

    /** {@code nick: words}, the oldest first. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** The nicknames in the room. */
    public Set<String> occupants() {
        Set<String> nicks = new TreeSet<>();
        joined().getOccupants()
                .forEach(each -> nicks.add(each.getResourceOrEmpty().toString()));
        return nicks;
    }

    /** Loses the connection, without a word to the server. */
    public void cut() {
        connection.instantShutdown();
    }

    /** Comes back after {@link #cut}. True: to the same stream. */
    public boolean comeBack() throws Exception {
        connection.connect().login();
        return connection.streamWasResumed();
    }

    @Override
    public void close() {
        connection.disconnect();
    }

    private MultiUserChat joined() {
        if (room == null) {
            throw new IllegalStateException("Expected to be in a room");
        }
        return room;
    }

    private static X509TrustManager trusting(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return Arrays.stream(trust.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
