package io.convoke.actors.xmpp.session;

import io.convoke.actors.dns.NameLookup;
import io.convoke.media.xmpp.dial.DialTls;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.Step;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One way to break a step, and what an operator has to read then.
 *
 * @param words parts of the failure's words and advice
 */
record Fault(String name, Step step, String code, List<String> words, Scene scene) {
    /** Builds what is broken, and registers. */
    interface Scene {
        RegistrationView play(Stage stage) throws Exception;
    }

    static Fault of(String name, int step, String code, Scene scene, String... words) {
        return new Fault(name, Step.values()[step - 1], code, Arrays.asList(words), scene);
    }

    @Override
    public String toString() {
        return "step " + step.number() + ": " + name;
    }

    /** What a scene works with; all that it opens is closed after it. */
    static final class Stage implements AutoCloseable {
        final Walks walks;
        final Path folder;
        private final Deque<AutoCloseable> opened = new ArrayDeque<>();

        Stage(Walks walks, Path folder) {
            this.walks = walks;
            this.folder = folder;
        }

        <T extends AutoCloseable> T opened(T resource) {
            opened.push(resource);
            return resource;
        }

        /** A server with a good certificate for {@code localhost} and the domain; the script comes after TLS. */
        RegistrationView afterTls(ScriptedServer.Script script) throws Exception {
            TestCertificates.Identity good = walks.authority.issue(Walks.DOMAIN, "localhost");
            return atServer(line -> script.run(line.tls(good)));
        }

        /** A server that presents this certificate and then would accept. */
        RegistrationView presenting(TestCertificates.Identity identity) throws Exception {
            return atServer(line -> line.tls(identity).accept().swallow());
        }

        RegistrationView atServer(ScriptedServer.Script script) throws Exception {
            ScriptedServer server = opened(new ScriptedServer(script));
            return walked(Walks.settings("localhost:" + server.port()), Walks.hostsOnly());
        }

        /** By the domain's SRV records, at a name server with these options. */
        RegistrationView byNames(String... options) throws Exception {
            return walked(
                    Walks.settings(""),
                    Walks.resolver(opened(NameServer.start(folder, options)).port()));
        }

        /** Registers, and waits for the first failure; a registration that was up has to end first. */
        RegistrationView walked(RegistrationSettings settings, NameLookup names) throws Exception {
            DialTls tls = walks.tls();
            return walked(settings, names, () -> CompletableFuture.completedFuture(tls));
        }

        RegistrationView walked(RegistrationSettings settings, NameLookup names, Supplier<CompletionStage<DialTls>> tls)
                throws Exception {
            RegistrationWalk walk = opened(new RegistrationWalk(settings, names, walks.dialer, tls));
            return walk.until(view -> view.lastError() != null, Walks.PATIENCE, view -> {});
        }

        @Override
        public void close() throws Exception {
            while (!opened.isEmpty()) {
                opened.pop().close();
            }
        }
    }
}
