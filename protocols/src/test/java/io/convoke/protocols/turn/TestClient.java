package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunIntegrity;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import io.convoke.protocols.wire.BigEndian;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client of RFC 8489 and 8656 that gets its answers at once. Answers that should be signed are checked. */
final class TestClient {
    static final byte[] UDP = {17, 0, 0, 0};
    static final byte[] TCP = {6, 0, 0, 0};
    static final byte[] IPV4 = {1, 0, 0, 0};
    static final byte[] IPV6 = {2, 0, 0, 0};
    private static final byte[] SHA256_CHOICE = {0, 2, 0, 0};

    final Client client;
    private final TestRelay relay;
    private final StunIntegrity integrity = new StunIntegrity();
    String username = "alice";
    String password = "wonderland";
    boolean sha256;
    boolean strongPassword;
    boolean userhash;
    boolean fingerprint;
    byte @Nullable [] nonce;
    byte[] offered = new byte[0];
    private int transactions;

    TestClient(TestRelay relay, Client client) {
        this.relay = relay;
        this.client = client;
    }

    TestClient as(String user, String secret) {
        username = user;
        password = secret;
        return this;
    }

    /** Asks until it is past 401 and 438, as clients do. */
    StunMessage ask(int type, UnaryOperator<StunWriter> attributes) {
        StunMessage answer = exchange(request(type, attributes));
        if (answer.errorCode() == 401 || answer.errorCode() == 438) {
            learn(answer);
            answer = exchange(request(type, attributes));
        }
        return answer;
    }

    int code(int type, UnaryOperator<StunWriter> attributes) {
        return ask(type, attributes).errorCode();
    }

    void learn(StunMessage challenge) {
        nonce = challenge.attribute(StunAttribute.NONCE);
        byte[] list = challenge.attribute(StunAttribute.PASSWORD_ALGORITHMS);
        offered = list == null ? new byte[0] : list;
    }

    /** Sends a request and gives its answer. */
    StunMessage exchange(byte[] request) {
        StunMessage answer = send(request);
        assertThat(answer).as("an answer").isNotNull();
        assertThat(answer.transactionId())
                .isEqualTo(StunMessage.parse(request, 0, request.length).transactionId());
        assertThat(answer.hasFingerprint()).isEqualTo(fingerprint);
        if (answer.hasFingerprint()) {
            assertThat(answer.fingerprintHolds()).isTrue();
        }
        if (answer.hasIntegrity() || answer.hasIntegritySha256()) {
            assertThat(answer.hasIntegritySha256()).isEqualTo(sha256);
            assertThat(sha256 ? integrity.holdsSha256(answer, key()) : integrity.holds(answer, key()))
                    .isTrue();
        }
        return answer;
    }

    @Nullable
    StunMessage send(byte[] bytes) {
        int before = relay.outputs.size();
        relay.handle(client, bytes);
        for (int i = before; i < relay.outputs.size(); i++) {
            if (relay.outputs.get(i) instanceof TurnOutput.Reply reply && reply.to() == client) {
                return StunMessage.parse(reply.message(), 0, reply.message().length);
            }
        }
        return null;
    }

    byte[] request(int type, UnaryOperator<StunWriter> attributes) {
        StunWriter writer = attributes.apply(StunWriter.begin(type, newTransactionId()));
        return nonce == null ? seal(writer) : sign(writer);
    }

    byte[] sign(StunWriter writer) {
        if (userhash) {
            writer.attribute(StunAttribute.USERHASH, TestPolicy.userhash(username));
        } else {
            writer.text(StunAttribute.USERNAME, username);
        }
        writer.text(StunAttribute.REALM, TestPolicy.REALM).attribute(StunAttribute.NONCE, nonce);
        if (strongPassword) {
            writer.attribute(StunAttribute.PASSWORD_ALGORITHM, SHA256_CHOICE)
                    .attribute(StunAttribute.PASSWORD_ALGORITHMS, offered);
        }
        if (sha256) {
            writer.messageIntegritySha256(integrity, key());
        } else {
            writer.messageIntegrity(integrity, key());
        }
        return seal(writer);
    }

    byte[] seal(StunWriter writer) {
        return (fingerprint ? writer.fingerprint() : writer).finish();
    }

    byte[] newTransactionId() {
        byte[] id = new byte[12];
        BigEndian.put32(id, 0, client.address().port());
        BigEndian.put32(id, 8, ++transactions);
        return id;
    }

    private byte[] key() {
        return TestPolicy.key(username, password, strongPassword ? PasswordAlgorithm.SHA256 : PasswordAlgorithm.MD5);
    }

    static StunWriter udp(StunWriter writer) {
        return writer.attribute(StunAttribute.REQUESTED_TRANSPORT, UDP);
    }

    static StunWriter peer(StunWriter writer, TransportAddress peer) {
        return writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer.high(), peer.low(), peer.port());
    }

    static StunWriter channel(StunWriter writer, int number, TransportAddress peer) {
        return peer(writer.number(StunAttribute.CHANNEL_NUMBER, (long) number << 16), peer);
    }

    StunMessage allocate() {
        return ask(StunType.ALLOCATE_REQUEST, TestClient::udp);
    }

    Allocation allocated() {
        StunMessage answer = allocate();
        assertThat(answer.type()).isEqualTo(StunType.successOf(StunType.ALLOCATE_REQUEST));
        Allocation allocation = client.allocation();
        assertThat(allocation).isNotNull();
        return allocation;
    }

    StunMessage refresh(int seconds) {
        return ask(StunType.REFRESH_REQUEST, w -> w.number(StunAttribute.LIFETIME, seconds));
    }

    StunMessage permit(TransportAddress peer) {
        return ask(StunType.CREATE_PERMISSION_REQUEST, w -> peer(w, peer));
    }

    StunMessage bind(int number, TransportAddress peer) {
        return ask(StunType.CHANNEL_BIND_REQUEST, w -> channel(w, number, peer));
    }

    void indicate(TransportAddress peer, byte[] data) {
        send(peer(StunWriter.begin(StunType.SEND_INDICATION, newTransactionId()), peer)
                .attribute(StunAttribute.DATA, data)
                .finish());
    }
}
