package io.convoke.node.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration files for a test, on top of those that come with Convoke. */
final class Configuration {
    private Configuration() {}

    /** {@code FOLDER/NAME.conf}: {@code base} of {@code conf/}, then {@code more}. */
    static Path write(Path folder, String name, String base, String more) {
        String text = "include file(\"" + NodeProcess.ROOT.resolve("conf").resolve(base) + "\")\n" + more;
        try {
            return Files.writeString(folder.resolve(name + ".conf"), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A TCP port that nobody uses at this moment; the tests' network namespace keeps it that way. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
