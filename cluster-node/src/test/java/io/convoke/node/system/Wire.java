package io.convoke.node.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A stretch of network between a client, or another node, and a node's TCP port that can be cut and mended. UDP is cut by {@link MediaCut}. */
final class Wire implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    /** To the node at {@code origin}. */
    Wire(String origin) {
        try {
            target = URI.create(origin).getPort();
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    /** To whatever listens on that port of the loopback address. */
    Wire(int port) {
        this("http://127.0.0.1:" + port);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Where the browser finds the node through this wire. */
    String origin() {
        return "http://localhost:" + server.getLocalPort();
    }

    /** Breaks every connection, and each new one, until {@link #mend}. */
    void cut() {
        isCut = true;
        open.forEach(Wire::reset);
    }

    void mend() {
        isCut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (isCut) {
                    reset(client);
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                // By close(), or by a client that did not wait.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket node = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(node);
        if (isCut) {
            // Between the look and the entry in the set.
            reset(client);
            reset(node);
        }
        start(() -> pump(client, node));
        start(() -> pump(node, client));
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException broken) {
            // Cut, or ended by one side.
        }
        reset(from);
        reset(to);
        open.remove(from);
        open.remove(to);
    }

    private static void reset(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // That was wanted.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        cut();
        server.close();
    }
}
