package io.convoke.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XmppCallbridgeCommandTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private volatile int status = 200;
    private HttpServer node;
    private URI url;

    @BeforeEach
    void start() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", this::answer);
        node.start();
        url = URI.create("http://localhost:" + node.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    @Test
    void shouldAskAsTheAdministratorAndReadWhatIsSaid() throws Exception {
        // given
        answer = "{\"total\":2,\"xmppCallbridges\":[{\"name\":\"cb1\"},{\"name\":\"cb2\"}]}";
        // when
        ApiClient.Answer found = ApiClient.of(url, "pä:ss", null).send("GET", "/api/v1/xmppCallbridges?offset=0", "");
        // then
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.texts("xmppCallbridges", "name")).containsExactly("cb1", "cb2");
        assertThat(found.number("total")).isEqualTo(2);
        assertThat(asked).containsExactly("GET /api/v1/xmppCallbridges?offset=0 Basic YWRtaW46cMOkOnNz ");
    }

    @Test
    void shouldSendParametersAndSayWhyItWasRefused() throws Exception {
        // given
        status = 400;
        answer = "{\"detail\":\"There is a callbridge of that name already.\"}";
        // when
        ApiClient.Answer refused = ApiClient.of(url, "p", null).send("POST", "/x", "name=cb+1");
        // then
        assertThat(refused.words()).isEqualTo("There is a callbridge of that name already.");
        assertThat(asked.get(0)).endsWith(" name=cb+1");
    }

    @Test
    void shouldSayThatThePasswordIsWrongOrThatNobodyIsThere() throws Exception {
        // given
        status = 401;
        // then
        assertThat(ApiClient.of(url, "p", null).send("GET", "/x", "").words()).contains("does not take this password");
        stop();
        Assertions.assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> ApiClient.of(url, "p", null).send("GET", "/x", ""))
                .withMessageContaining("cannot be asked");
        Assertions.assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> ApiClient.of(URI.create("localhost:8080"), "p", null))
                .withMessageContaining("http://host:port");
        Assertions.assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> ApiClient.of(url, "p", Path.of("absent.pem")))
                .withMessageContaining("absent.pem");
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
