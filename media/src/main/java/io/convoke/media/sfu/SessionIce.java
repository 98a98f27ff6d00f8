package io.convoke.media.sfu;

import io.convoke.protocols.ice.IceLiteAgent;
import io.convoke.protocols.ice.IceState;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session's ICE: answers checks, keeps the address table in step with what they prove, and knows the path to the client. */
final class SessionIce {
    /** More remote addresses than any client has interfaces; the oldest gives way. */
    private static final int MOST_ADDRESSES = 16;

    private final SfuLoop loop;
    private final Session session;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<MediaSocket> checkedAt = new ArrayList<>(); // for each address, where its last check arrived
    private @Nullable IceLiteAgent agent;
    private @Nullable String ufrag;
    private @Nullable MediaSocket socket;
    private @Nullable InetSocketAddress remote;
    private long begunNanos;

    SessionIce(SfuLoop loop, Session session) {
        this.loop = loop;
        this.session = session;
    }

    /** First offer or ICE restart. On a restart the old path goes on until a check chooses the new one. */
    void begin(IceCredentials own, String remoteUfrag, String remotePwd) {
        if (ufrag != null) {
            loop.forget(ufrag);
        }
        ufrag = own.ufrag();
        loop.learn(ufrag, session);
        begunNanos = loop.nowNanos();
        long consentNanos = loop.settings().consentTimeout().toNanos();
        agent = new IceLiteAgent(own.ufrag(), own.pwd(), remoteUfrag, remotePwd, consentNanos);
    }

    /** A check that names this session. */
    void check(StunMessage message, MediaSocket at, InetSocketAddress from) {
        IceLiteAgent ice = agent;
        byte[] response = ice == null ? null : ice.handleBinding(loop.nowNanos(), message, from);
        if (ice == null || response == null) {
            loop.counters().drop(DropReason.BAD_STUN);
            return;
        }
        at.send(response, response.length, from);
        if (!ice.isValidated(from)) {
            return;
        }
        register(from, at);
        if (from.equals(ice.selected()) && (remote == null || message.has(StunAttribute.USE_CANDIDATE))) {
            follow(at, from);
            session.pathChosen();
        }
    }

    /**
     * Something authentic came from an address with a valid check. Where a client nominated several pairs it sends on the one it prefers,
     * so the answer takes the same way.
     */
    void follow(MediaSocket at, InetSocketAddress from) {
        if ((socket != at || !from.equals(remote)) && agent != null && agent.isValidated(from)) {
            socket = at;
            remote = from;
        }
    }

    void send(byte[] bytes, int length) {
        if (socket != null && remote != null) {
            socket.send(bytes, length, remote);
        }
    }

    /** Ends the session if consent is lost (RFC 7675 §5.1), or no check came in time. */
    void tick(long nowNanos) {
        IceLiteAgent ice = agent;
        if (ice == null) {
            return;
        }
        if (ice.handleTimeout(nowNanos) == IceState.DISCONNECTED) {
            session.end(
                    MediaState.FAILED,
                    "Consent lost: expected a connectivity check within "
                            + loop.settings().consentTimeout().toMillis() + " ms, but none came");
        } else if (ice.selected() == null
                && nowNanos - begunNanos >= loop.settings().iceTimeout().toNanos()) {
            session.end(
                    MediaState.FAILED,
                    "Expected a valid connectivity check within "
                            + loop.settings().iceTimeout().toMillis() + " ms of the offer, but none came");
        } else if (ice.selected() != null) {
            dropLapsed(ice);
        }
    }

    void close() {
        if (ufrag != null) {
            loop.forget(ufrag);
        }
        for (InetSocketAddress address : addresses) {
            loop.byAddress().remove(address, session);
        }
        addresses.clear();
        checkedAt.clear();
    }

    String stateText() {
        return agent == null ? "NEW" : agent.state().name();
    }

    @Nullable
    String remoteText() {
        InetSocketAddress to = remote;
        return to == null ? null : to.getAddress().getHostAddress() + ":" + to.getPort();
    }

    /** Addresses that are no longer checked belong to nobody; if the path was one of them, it is now the one the agent names. */
    private void dropLapsed(IceLiteAgent ice) {
        for (int i = addresses.size() - 1; i >= 0; i--) {
            if (!ice.isValidated(addresses.get(i))) {
                forget(i);
            }
        }
        int next = remote != null && addresses.contains(remote) ? -1 : addresses.indexOf(ice.selected());
        if (next >= 0) {
            socket = checkedAt.get(next);
            remote = addresses.get(next);
        }
    }

    private void register(InetSocketAddress from, MediaSocket at) {
        int known = loop.byAddress().put(from, session) == session ? addresses.indexOf(from) : -1;
        if (known >= 0) {
            checkedAt.set(known, at);
            return;
        }
        int stale = addresses.indexOf(from); // it was another session's for a while
        if (stale >= 0) {
            addresses.remove(stale);
            checkedAt.remove(stale);
        }
        addresses.add(from);
        checkedAt.add(at);
        if (addresses.size() > MOST_ADDRESSES) {
            forget(0);
        }
    }

    private void forget(int index) {
        loop.byAddress().remove(addresses.remove(index), session);
        checkedAt.remove(index);
    }
}
