package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.media.tcp.TestIdentity;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TurnSettings;
import java.io.File;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL's client, where it is installed, against the relay's TLS and DTLS. */
class OpenSslPeerTest {
    private static final String OPENSSL = "/usr/bin/openssl";
    private static final int ANSWER_BYTES = 32;

    private TurnRelay relay;

    @AfterEach
    void close() {
        if (relay != null) {
            relay.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLS, -tls1_3, false",
        "TLS, -tls1_2, false",
        "DTLS, -dtls1_2, false",
        "TLS, -tls1_3, true",
        "TLS, -tls1_2, true",
        "DTLS, -dtls1_2, true",
        "DTLS, -dtls, false"
    })
    void shouldSpeakWithOpenSsl(Transport transport, String version, boolean rsa) throws Exception {
        assumeTrue(new File(OPENSSL).canExecute(), "OpenSSL is not installed");
        // given
        start(rsa ? TestIdentity.rsa("relay.example.org") : TestIdentity.of("relay.example.org"));
        int port = relay.endpoints().stream()
                .filter(endpoint -> endpoint.transport() == transport)
                .findFirst()
                .orElseThrow()
                .bound()
                .getPort();
        Process client = new ProcessBuilder(OPENSSL, "s_client", "-quiet", version, "-connect", "127.0.0.1:" + port)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // when
            byte[] request =
                    StunWriter.begin(StunType.BINDING_REQUEST, new byte[12]).finish();
            client.getOutputStream().write(request);
            client.getOutputStream().flush();

            // then
            byte[] answer = CompletableFuture.supplyAsync(() -> read(client)).get(20, TimeUnit.SECONDS);
            StunMessage message = StunMessage.parse(answer, 0, answer.length);
            assertThat(message).isNotNull();
            assertThat(message.type()).isEqualTo(StunType.BINDING_SUCCESS);
            assertThat(message.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS).getAddress())
                    .isEqualTo(InetAddress.getLoopbackAddress());
        } finally {
            client.destroyForcibly().waitFor();
        }
    }

    private static byte[] read(Process client) {
        try {
            return client.getInputStream().readNBytes(ANSWER_BYTES);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void start(TestIdentity identity) throws Exception {
        RelaySettings settings = new RelaySettings(
                List.of(new RelayListener(
                        InetAddress.getLoopbackAddress(), null, RelayListener.OFF, RelayListener.OFF, 0, 0)),
                List.of(),
                RelayListener.OFF,
                new RelayTls(identity.pair().getPrivate(), List.of(identity.certificate())),
                49_152,
                65_535,
                1,
                0,
                0,
                true,
                TurnSettings.of(TestPolicy.REALM),
                StreamLimits.DEFAULT);
        relay = TurnRelay.start(settings, new TestPolicy(), TurnEvents.NONE);
    }
}
