package io.convoke.actors.xmpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registration with a server that nobody here wrote. */
class ProsodyTest {
    @TempDir
    private Path folder;

    private final Walks walks = new Walks();

    @AfterEach
    void close() {
        walks.close();
    }

    @Test
    void shouldRegisterOverTls() throws Exception {
        // given
        Program.require("/usr/bin/prosody", "prosody");
        int tls = Program.freePort();
        int plain = Program.freePort();
        try (Program prosody = prosody(tls, plain)) {
            // when
            try (RegistrationWalk walk = walks.walk(Walks.settings("localhost:" + tls), Walks.hostsOnly())) {
                var view = Walks.decided(walk);

                // then
                assertThat(view.lastError()).isNull();
                assertThat(view.isRegistered()).isTrue();
                assertThat(view.transport()).isEqualTo("tls");
                assertThat(view.certificate()).isNotNull();
            }
            assertThat(prosody.isAlive()).isTrue();
        }
    }

    @Test
    void shouldRegisterWithoutTlsWhereThatIsAllowed() throws Exception {
        // given
        Program.require("/usr/bin/prosody", "prosody");
        int tls = Program.freePort();
        int plain = Program.freePort();
        try (Program prosody = prosody(tls, plain)) {
            // when
            try (RegistrationWalk walk = walks.walk(Walks.plain("127.0.0.1:" + plain), Walks.hostsOnly())) {
                var view = Walks.decided(walk);

                // then
                assertThat(view.lastError()).isNull();
                assertThat(view.isRegistered()).isTrue();
                assertThat(view.transport()).isEqualTo("tcp");
            }
            assertThat(prosody.isAlive()).isTrue();
        }
    }

    private Program prosody(int tlsPort, int plainPort) throws IOException {
        TestCertificates.Identity server = walks.authority.issue(Walks.DOMAIN, "localhost");
        Path certificate =
                pem("server.crt", server.chain().get(0), server.chain().get(1));
        Path key = pem("server.key", new JcaPKCS8Generator(server.key(), null));
        Path configuration = Files.writeString(folder.resolve("prosody.cfg.lua"), """
                run_as_root = true
                daemonize = false
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                log = "*console"
                modules_enabled = { "component", "net_multiplex" }
                modules_disabled = { "s2s", "c2s" }
                interfaces = { "127.0.0.1" }
                component_ports = { %2$d }
                component_interfaces = { "127.0.0.1" }
                ports = {}
                ssl_ports = { %3$d }
                ssl = { certificate = "%4$s"; key = "%5$s" }
                certificates = "%1$s"
                VirtualHost "%6$s"
                Component "%7$s"
                  component_secret = "%8$s"
                """.formatted(
                        folder, plainPort, tlsPort, certificate, key, Walks.DOMAIN, Walks.NAME, Walks.SECRET));
        Files.createDirectories(folder.resolve("data"));
        return Program.start(folder, List.of("/usr/bin/prosody", "--config", configuration.toString()))
                .awaiting("Prosody to listen", () -> listens(tlsPort) && listens(plainPort));
    }

    private Path pem(String name, Object... contents) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object content : contents) {
                writer.writeObject(content);
            }
        }
        return Files.writeString(folder.resolve(name), text.toString());
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
