package io.convoke.protocols.xmpp.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Step 3: what an operator types as server address. */
class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "xmpp.example.org, xmpp.example.org, 5223",
        "XMPP.Example.org., xmpp.example.org, 5223",
        "xmpp.example.org:5347, xmpp.example.org, 5347",
        "192.0.2.7:1, 192.0.2.7, 1",
        "[2001:db8::1]:65535, 2001:db8::1, 65535",
        "[2001:db8::1], 2001:db8::1, 5223",
        "2001:db8::1, 2001:db8::1, 5223"
    })
    void shouldRead(String text, String host, int port) {
        // then
        assertThat(ServerAddress.parse(text, ServerAddress.DEFAULT_PORT)).contains(new ServerAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":5223",
                "host:",
                "host:0",
                "host:65536",
                "host:port",
                "a b",
                "user@host",
                "http://host",
                "[host]"
            })
    void shouldNotRead(String text) {
        // then
        assertThat(ServerAddress.parse(text, ServerAddress.DEFAULT_PORT)).isEmpty();
    }
}
