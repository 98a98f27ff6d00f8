package io.convoke.node.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Loses every UDP packet in the tests' own network namespace, until it is closed. */
final class MediaCut implements AutoCloseable {
    /** Set by {@code src/test/netns/bin/java}: without it the packets of the whole machine would go. */
    private static final boolean OWN_NETWORK = System.getenv("CONVOKE_OWN_NETWORK") != null;

    private static final int NOT_FOUND = 127;
    private static final String WORDS =
            "This test needs root, nft (apt-get install nftables) and a kernel with nf_tables to lose packets";

    private MediaCut() {}

    static MediaCut now() {
        run("nft", "add", "table", "inet", "convoke");
        run("nft", "add chain inet convoke lost { type filter hook input priority 0; }");
        run("nft", "add", "rule", "inet", "convoke", "lost", "meta", "l4proto", "udp", "drop");
        return new MediaCut();
    }

    /** Skips the test where no packets can be lost. Under {@code CI=true} it fails, unless it is the kernel that cannot. */
    static void require() {
        int exit = OWN_NETWORK ? exitOf("nft", "add", "table", "inet", "convoke_probe") : NOT_FOUND;
        if (exit == 0) {
            run("nft", "delete", "table", "inet", "convoke_probe");
            return;
        }
        if (exit == NOT_FOUND && "true".equals(System.getenv("CI"))) {
            Assertions.fail(WORDS);
        }
        Assumptions.abort(WORDS);
    }

    @Override
    public void close() {
        run("nft", "delete", "table", "inet", "convoke");
    }

    private static void run(String... command) {
        if (exitOf(command) != 0) {
            throw new AssertionError(Arrays.toString(command) + " failed");
        }
    }

    private static int exitOf(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError(Arrays.toString(command) + " does not end: " + said);
            }
            return process.exitValue();
        } catch (IOException missing) {
            return NOT_FOUND;
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", failure);
        }
    }
}
