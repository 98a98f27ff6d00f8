package io.convoke.protocols.xmpp.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.client.ClientSettings.Tls;
import io.convoke.protocols.xmpp.client.ClientSettings.Transport;
import io.convoke.protocols.xmpp.client.ClientStream.Output;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A client that says anything, to a caller that grants everything. The first byte says how it is connected and how its bytes are cut. */
class ClientStreamFuzzTest {
    private static final Jid ADDRESS = Jid.parse("anna@example.org/desk").orElseThrow();

    private @Nullable StreamManagement lost;

    @FuzzTest
    void shouldHandOutStanzasOfTheBoundAddressOnly(byte[] input) {
        if (input.length == 0) {
            return;
        }
        // given
        boolean webSocket = input[0] < 0;
        ClientStream stream = new ClientStream(
                new ClientSettings(
                        "example.org",
                        webSocket ? Transport.WEB_SOCKET : Transport.TCP,
                        (input[0] & 0x40) == 0 ? Tls.ENCRYPTED : Tls.OPTIONAL,
                        List.of("SCRAM-SHA-256", "PLAIN"),
                        new ClientSettings.Bounds(new StreamLimits(500, 5, 6, 10), 1000, 2000, 2, 1000, 1000, 4, 300),
                        60),
                () -> "token",
                0);
        // when
        int size = 1 + (input[0] & 0x3F);
        boolean ended = false;
        if (webSocket) {
            for (String message : new String(input, 1, input.length - 1, StandardCharsets.UTF_8).split("\n", -1)) {
                stream.handleMessage(0, message);
                ended = drain(stream, ended);
            }
        } else {
            for (int at = 1; at < input.length; at += size) {
                stream.handlePacket(0, Arrays.copyOf(input, input.length), at, Math.min(size, input.length - at));
                ended = drain(stream, ended);
            }
        }
        stream.handleSend(0, Element.of("message", Namespaces.CLIENT));
        ended = drain(stream, ended);
        stream.handleTimeout(5000);
        ended = drain(stream, ended);
        stream.handleEnd();
        // then
        assertThat(drain(stream, ended)).isTrue();
        assertThat(stream.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private boolean drain(ClientStream stream, boolean before) {
        boolean ended = before;
        for (Output output = stream.poll(); output != null; output = stream.poll()) {
            assertThat(ended).isFalse();
            if (output instanceof Output.StartTls) {
                stream.handleSecured(0);
            } else if (output instanceof Output.Authenticate asked) {
                answer(stream, asked);
            } else if (output instanceof Output.Bind) {
                stream.handleBound(0, ADDRESS);
            } else if (output instanceof Output.Enabled enabled) {
                lost = enabled.management();
            } else if (output instanceof Output.Resume resume) {
                resume(stream, resume.h());
            } else if (output instanceof Output.Received received) {
                assertThat(stream.local()).isNotEmpty();
                assertThat(received.stanza().attribute("from")).isEqualTo(ADDRESS.toString());
                stream.handleSend(0, received.stanza());
            } else if (output instanceof Output.Ended) {
                ended = true;
            }
        }
        return ended;
    }

    private static void answer(ClientStream stream, Output.Authenticate asked) {
        if (asked.data().length > 8) {
            stream.handleFailure(0, "not-authorized", "");
        } else if (asked.first()) {
            stream.handleChallenge(0, new byte[] {1});
        } else {
            stream.handleSuccess(0, "anna", null);
        }
    }

    private void resume(ClientStream stream, long h) {
        StreamManagement previous = lost;
        if (previous == null) {
            stream.handleResumeRefused(0, OptionalLong.of(h));
        } else {
            stream.handleResumed(0, previous, ADDRESS);
        }
    }
}
