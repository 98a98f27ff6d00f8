package io.convoke.media.relay;

import io.convoke.protocols.turn.Client;
import io.convoke.protocols.turn.PeerTransport;
import io.convoke.protocols.turn.RelayPort;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnOutput;
import io.convoke.protocols.turn.TurnServer;

/** Carries out what a loop's server asks for. On the loop's thread. */
final class Commands {
    private final RelayLoop loop;
    private final TurnServer server;
    private final LoopNeighbours neighbours;
    private final UdpListeners listeners;
    private final UdpRelayPorts ports;
    private final PeerStreams peerStreams;
    private final DataPath path;
    private final LoopReport report;

    Commands(
            RelayLoop loop,
            TurnServer server,
            LoopNeighbours neighbours,
            UdpListeners listeners,
            UdpRelayPorts ports,
            PeerStreams peerStreams,
            DataPath path,
            LoopReport report) {
        this.loop = loop;
        this.server = server;
        this.neighbours = neighbours;
        this.listeners = listeners;
        this.ports = ports;
        this.peerStreams = peerStreams;
        this.path = path;
        this.report = report;
    }

    void carryOut(TurnOutput output) {
        if (output instanceof TurnOutput.ToPeer data) {
            path.fromSend(loop.nowNanos(), data);
        } else if (output instanceof TurnOutput.Reply reply) {
            reply(reply);
        } else if (output instanceof TurnOutput.OpenRelay request) {
            open(request);
        } else if (output instanceof TurnOutput.CloseRelay request) {
            close(request.port());
        } else if (output instanceof TurnOutput.Allocated allocated) {
            enter(allocated.allocation().client());
            report.allocated(allocated.allocation(), loop.nowNanos());
        } else if (output instanceof TurnOutput.Freed freed) {
            leave(freed.allocation().client());
            report.freed(freed.allocation(), freed.why(), loop.nowNanos());
        } else if (output instanceof TurnOutput.Moving moving) {
            enter(moving.to());
        } else if (output instanceof TurnOutput.Moved moved) {
            leave(moved.from());
            enter(moved.to());
        } else if (output instanceof TurnOutput.Route route) {
            neighbours.get(route.shard()).routed(route.from(), route.message());
        } else if (output instanceof TurnOutput.CloseClient request) {
            close(request.client());
        } else if (output instanceof TurnOutput.ConnectPeer request) {
            peerStreams.connect(request);
        } else if (output instanceof TurnOutput.BindConnection request) {
            peerStreams.bind(request);
        } else if (output instanceof TurnOutput.CloseConnection request) {
            peerStreams.closeConnection(request.connectionId());
        }
    }

    private void reply(TurnOutput.Reply reply) {
        Client client = reply.to();
        UdpListener asked = listeners.get(client.listener().index());
        if (asked == null || (reply.toPort() == 0 && listeners.answering(asked, reply.from()) == asked)) {
            RelayLoop home = home(client);
            if (home == loop) {
                loop.send(client, reply.message(), reply.message().length);
            } else {
                // Behind what home was told before: it knows where the client is when the client knows.
                home.execute(() -> home.sendFromHome(client, reply.message()));
            }
            return;
        }
        TransportAddress to =
                reply.toPort() == 0 ? client.address() : client.address().withPort(reply.toPort());
        byte[] message = reply.message();
        listeners.answering(asked, reply.from()).flow(to).sendCopy(message, 0, message.length);
    }

    private void open(TurnOutput.OpenRelay request) {
        if (request.transport() == PeerTransport.TCP) {
            peerStreams.open(request);
            return;
        }
        if (request.reserved() instanceof UdpRelayPort reserved) {
            reserved.belongsTo(request.allocation());
            server.opened(loop.nowNanos(), request, reserved, null);
            return;
        }
        UdpRelayPorts.Outcome outcome = ports.open(
                request.family(), loop.boundTo(request.allocation().client()), request.even(), request.reserveNext());
        UdpRelayPort port = outcome.port();
        if (port == null) {
            server.openFailed(loop.nowNanos(), request, outcome.failure());
        } else {
            port.belongsTo(request.allocation());
            server.opened(loop.nowNanos(), request, port, outcome.next());
        }
    }

    private void close(RelayPort port) {
        if (port instanceof UdpRelayPort udp) {
            udp.close();
        } else {
            peerStreams.close(port);
        }
    }

    private void close(Client client) {
        leave(client);
        if (client.attachment() instanceof ClientLink link) {
            link.home().execute(link::close);
        }
    }

    // Clients, and the loops that their packets come to.

    /** Makes a client this loop's whose packets come to another one. */
    void arrived(Client client) {
        UdpListener listener = listeners.get(client.listener().index());
        if (listener != null && client.attachment() instanceof UdpClient udp && udp.home() != loop) {
            client.attach(new UdpClient(listener.flow(client.address()), udp.home()));
        }
    }

    private void enter(Client client) {
        RelayLoop home = home(client);
        if (home == loop) {
            UdpListener listener = listeners.get(client.listener().index());
            if (listener != null) {
                listener.enter(client);
            }
        } else {
            Elsewhere here = new Elsewhere(loop, client);
            home.execute(() -> home.enterElsewhere(here));
        }
    }

    private void leave(Client client) {
        RelayLoop home = home(client);
        if (home == loop) {
            UdpListener listener = listeners.get(client.listener().index());
            if (listener != null) {
                listener.leave(client);
            }
        } else {
            home.execute(() -> home.leaveElsewhere(client));
        }
    }

    private RelayLoop home(Client client) {
        Object attachment = client.attachment();
        if (attachment instanceof UdpClient udp) {
            return udp.home();
        }
        return attachment instanceof ClientLink link ? link.home() : loop;
    }
}
