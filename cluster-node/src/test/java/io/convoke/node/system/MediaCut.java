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

    private MediaCut() {}

    static MediaCut now() {
        run("nft", "add", "table", "inet", "convoke");
        run("nft", "add chain inet convoke lost { type filter hook input priority 0; }");
        run("nft", "add", "rule", "inet", "convoke", "lost", "meta", "l4proto", "udp", "drop");
        return new MediaCut();
    }

    /** Skips the test, or fails it under {@code CI=true}, where no packets can be lost. */
    static void require() {
        if (OWN_NETWORK && exitOf("nft", "list", "tables") == 0) {
            return;
        }
        String words = "This test needs root and nft to lose packets (apt-get install nftables)";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(words);
        }
        Assumptions.abort(words);
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
            return 127;
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", failure);
        }
    }
}
