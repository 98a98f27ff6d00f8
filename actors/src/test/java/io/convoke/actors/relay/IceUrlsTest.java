package io.convoke.actors.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.relay.TurnEndpoint;
import io.convoke.protocols.turn.Transport;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceUrlsTest {
    private static final List<TurnEndpoint> ALL = List.of(
            endpoint(Transport.UDP, "192.0.2.1", 3478),
            endpoint(Transport.UDP, "192.0.2.1", 40_000),
            endpoint(Transport.UDP, "127.0.0.1", 3478),
            endpoint(Transport.TCP, "192.0.2.1", 3478),
            endpoint(Transport.TCP, "127.0.0.1", 3478),
            endpoint(Transport.TLS, "192.0.2.1", 443),
            endpoint(Transport.DTLS, "192.0.2.1", 443));

    @Test
    void shouldNameTheHostThatTheBrowserKnows() {
        assertThat(IceUrls.of(ALL, "meet.example.org"))
                .containsExactly(
                        "turn:meet.example.org:3478?transport=udp",
                        "turn:meet.example.org:3478?transport=tcp",
                        "turns:meet.example.org:443?transport=tcp");
        assertThat(IceUrls.of(ALL, "2001:db8::1")).contains("turn:[2001:db8::1]:3478?transport=udp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "a.localhost", ""})
    void shouldPreferAnAddressOfTheNetworkOnTheMachineItself(String host) {
        assertThat(IceUrls.of(ALL, host))
                .containsExactly(
                        "turn:192.0.2.1:3478?transport=udp",
                        "turn:192.0.2.1:3478?transport=tcp",
                        "turns:192.0.2.1:443?transport=tcp");
    }

    @Test
    void shouldNameTheMachineItselfForTls() {
        assertThat(IceUrls.of(
                        List.of(
                                endpoint(Transport.UDP, "192.0.2.1", 3478),
                                endpoint(Transport.TLS, "192.0.2.1", 5001),
                                endpoint(Transport.TLS, "127.0.0.1", 5002)),
                        "localhost"))
                .containsExactly("turn:192.0.2.1:3478?transport=udp", "turns:localhost:5002?transport=tcp");
    }

    @Test
    void shouldNameLoopbackWhereThereIsNothingElse() {
        assertThat(IceUrls.of(List.of(endpoint(Transport.UDP, "127.0.0.1", 3478)), "localhost"))
                .containsExactly("turn:127.0.0.1:3478?transport=udp");
    }

    @Test
    void shouldNameAnAddressWhereEachHasAnotherPort() {
        // given
        List<TurnEndpoint> anyPorts =
                List.of(endpoint(Transport.UDP, "127.0.0.1", 5001), endpoint(Transport.UDP, "192.0.2.1", 5002));

        // then
        assertThat(IceUrls.of(anyPorts, "meet.example.org")).containsExactly("turn:192.0.2.1:5002?transport=udp");
    }

    @Test
    void shouldNameThePublicAddressBehindNat() {
        // given
        List<TurnEndpoint> nat = List.of(new TurnEndpoint(
                Transport.UDP, new InetSocketAddress("10.0.0.2", 3478), new InetSocketAddress("203.0.113.7", 3478)));

        // then
        assertThat(IceUrls.of(nat, "")).containsExactly("turn:203.0.113.7:3478?transport=udp");
    }

    @Test
    void shouldSayNothingWithoutAListener() {
        assertThat(IceUrls.of(List.of(), "meet.example.org")).isEmpty();
    }

    @Test
    void shouldGiveCredentialsToTurnServersOnly() {
        // given
        List<String> urls = List.of("stun:a:3478", "turn:b:3478", "turns:b:443");

        // then
        assertThat(TellBrowsers.servers(urls, new ParticipantBook.Credential("u", "p")))
                .extracting(server -> server.urls() + " " + server.username() + " " + server.credential())
                .containsExactly("[stun:a:3478] null null", "[turn:b:3478, turns:b:443] u p");
        assertThat(TellBrowsers.servers(urls, null))
                .extracting(server -> server.urls().toString())
                .containsExactly("[stun:a:3478]");
    }

    private static TurnEndpoint endpoint(Transport transport, String ip, int port) {
        InetSocketAddress address = new InetSocketAddress(ip, port);
        return new TurnEndpoint(transport, address, address);
    }
}
