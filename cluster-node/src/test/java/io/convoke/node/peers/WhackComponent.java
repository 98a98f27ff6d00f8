package io.convoke.node.peers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jivesoftware.whack.ExternalComponentManager;
import org.xmpp.component.AbstractComponent;
import org.xmpp.component.ComponentException;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** A component with Whack and Tinder, in the clear, for Whack knows no TLS. It answers each message with {@code echo: } and its words. */
public final class WhackComponent implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final long ANSWER_MILLIS = 15_000;

    private final ExternalComponentManager manager;
    private final String place;
    private final Echo echo;

    private WhackComponent(ExternalComponentManager manager, String place, Echo echo) {
        this.manager = manager;
        this.place = place;
        this.echo = echo;
    }

    /** Registers as {@code place.domain} at 127.0.0.1, or throws what Whack throws. */
    public static WhackComponent register(String domain, int port, String place, String secret)
            throws ComponentException {
        ExternalComponentManager manager = new ExternalComponentManager("127.0.0.1", port, false);
        manager.setServerName(domain);
        manager.setSecretKey(place, secret);
        manager.setConnectTimeout(CONNECT_MILLIS);
        Echo echo = new Echo(new JID(place + "." + domain));
        manager.addComponent(place, echo, port);
        return new WhackComponent(manager, place, echo);
    }

    public void message(String to, String words) {
        Message message = new Message();
        message.setFrom(echo.address);
        message.setTo(to);
        message.setBody(words);
        manager.sendPacket(echo, message);
    }

    /** {@code address: words}, the oldest first. */
    public List<String> heard() {
        return List.copyOf(echo.heard);
    }

    public boolean ping(String to) throws ComponentException {
        IQ ping = new IQ(IQ.Type.get);
        ping.setFrom(echo.address);
        ping.setTo(to);
        ping.setChildElement("ping", "urn:xmpp:ping");
        IQ answer = manager.query(echo, ping, ANSWER_MILLIS);
        return answer != null && answer.getType() == IQ.Type.result;
    }

    @Override
    public void close() throws ComponentException {
        manager.removeComponent(place);
    }

    private static final class Echo extends AbstractComponent {
        private final JID address;
        private final List<String> heard = new CopyOnWriteArrayList<>();

        Echo(JID address) {
            this.address = address;
        }

        @Override
        public String getName() {
            return "Echo";
        }

        @Override
        public String getDescription() {
            return "Says what it hears";
        }

        @Override
        protected void handleMessage(Message message) {
            heard.add(message.getFrom() + ": " + message.getBody());
            if (message.getType() == Message.Type.error || message.getBody().startsWith("echo: ")) {
                return;
            }
            Message answer = new Message();
            answer.setFrom(message.getTo());
            answer.setTo(message.getFrom());
            answer.setBody("echo: " + message.getBody());
            send(answer);
        }
    }
}
