package io.convoke.node.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes the loopback interface of the tests' own network pass small packets only, until it is closed. {@link MediaCut#require} says whether it is ours. */
final class LoopbackMtu implements AutoCloseable {
    private static final int USUAL = 65_536;

    private LoopbackMtu() {}

    static LoopbackMtu of(int bytes) {
        run("ip", "link", "set", "lo", "mtu", Integer.toString(bytes));
        return new LoopbackMtu();
    }

    /** Of each packet of IPv4 that comes in several, only the first arrives. */
    LostFragments loseAllButTheFirstFragments() {
        run("nft", "add", "table", "ip", "convoke_fragments");
        run("nft", "add chain ip convoke_fragments lost { type filter hook prerouting priority -450; }");
        run("nft", "add rule ip convoke_fragments lost ip frag-off & 0x1fff != 0 drop");
        return new LostFragments();
    }

    static final class LostFragments implements AutoCloseable {
        @Override
        public void close() {
            run("nft", "delete", "table", "ip", "convoke_fragments");
        }
    }

    @Override
    public void close() {
        run("ip", "link", "set", "lo", "mtu", Integer.toString(USUAL));
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", failure);
        }
    }
}
