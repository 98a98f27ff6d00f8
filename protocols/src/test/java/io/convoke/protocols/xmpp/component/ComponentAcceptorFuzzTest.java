package io.convoke.protocols.xmpp.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.convoke.protocols.xmpp.component.ComponentAcceptor.Output;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.nio.charset.StandardCharsets;

/** A component that has proved its secret, or never does: the first byte says which, and how the rest is cut. */
class ComponentAcceptorFuzzTest {
    private static final String HEADER = "<stream:stream xmlns:stream='http://etherx.jabber.org/streams'"
            + " xmlns='jabber:component:accept' to='c.example'>";

    @FuzzTest
    void shouldLetInOnlyItsOwnStanzas(byte[] input) {
        if (input.length == 0) {
            return;
        }
        // given
        ComponentAcceptor acceptor = new ComponentAcceptor(
                new ComponentAcceptor.Settings(
                        "example", new StreamLimits(500, 5, 5, 10), input[0] < 0, 1000, 1000, 1000, 1000),
                "17",
                0);
        boolean proved = (input[0] & 0x40) != 0;
        if (proved) {
            byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
            acceptor.handlePacket(0, header, 0, header.length);
            byte[] proof =
                    ("<handshake>" + Handshake.digest("17", "s") + "</handshake>").getBytes(StandardCharsets.UTF_8);
            acceptor.handleSecret(0, "s");
            acceptor.handlePacket(0, proof, 0, proof.length);
            acceptor.handleAccepted(0);
        }
        // when
        int size = 1 + (input[0] & 0x1F);
        boolean ended = drain(acceptor, proved);
        for (int at = 1; at < input.length; at += size) {
            acceptor.handlePacket(0, input, at, Math.min(size, input.length - at));
            boolean over = drain(acceptor, proved);
            // then
            assertThat(ended && over).isFalse();
            ended |= over;
        }
        acceptor.handleTimeout(5000);
        acceptor.handleEnd();
        assertThat(drain(acceptor, proved) || ended).isTrue();
    }

    private static boolean drain(ComponentAcceptor acceptor, boolean proved) {
        for (Output output = acceptor.poll(); output != null; output = acceptor.poll()) {
            if (output instanceof Output.AskSecret) {
                acceptor.handleSecret(0, "unguessed");
            }
            if (output instanceof Output.Authenticated) {
                assertThat(proved).isTrue();
            }
            if (output instanceof Output.Received received) {
                assertThat(proved).isTrue();
                assertThat(received.stanza().attribute("from")).containsIgnoringCase("c.example");
            }
            if (output instanceof Output.ReceivedRaw raw) {
                assertThat(proved).isTrue();
                assertThat(raw.head().attribute("from")).containsIgnoringCase("c.example");
            }
            if (output instanceof Output.Ended) {
                assertThat(acceptor.poll()).isNull();
                return true;
            }
        }
        return false;
    }
}
