package io.convoke.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.http.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersAndCallbridgesApiTest {
    private ApiServer api;

    @BeforeEach
    void start() throws Exception {
        api = new ApiServer();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void shouldMakeShowChangeAndDeleteAUser() throws Exception {
        // when
        HttpResponse<String> made = api.form(
                "POST", "/api/v1/users", "userJid=Ann%40example.org&name=Ann+%3CLee%3E&password=correct+horse");
        String location = made.headers().firstValue("Location").orElseThrow();
        // then
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body()).isEmpty();
        assertThat(location).matches("/api/v1/users/[0-9a-f-]{36}");
        String id = location.substring(location.lastIndexOf('/') + 1);
        assertThat(api.get(location).body())
                .isEqualTo("<?xml version=\"1.0\"?><user id=\"" + id
                        + "\"><userJid>ann@example.org</userJid><name>Ann &lt;Lee&gt;</name></user>");
        assertThat(api.form("PUT", location, "name=").statusCode()).isEqualTo(200);
        assertThat(api.form("PUT", location.toUpperCase(java.util.Locale.ROOT), "password=battery+staple")
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.get("/API/v1/Users/").body())
                .isEqualTo("<?xml version=\"1.0\"?><users total=\"1\"><user id=\"" + id
                        + "\"><userJid>ann@example.org</userJid><name></name></user></users>");
        assertThat(api.form("DELETE", location, "ignored=1").statusCode()).isEqualTo(200);
        HttpResponse<String> gone = api.get(location);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("<userDoesNotExist />");
        assertThat(api.form("DELETE", location, "").statusCode()).isEqualTo(404);
        assertThat(api.form("PUT", location, "name=x").statusCode()).isEqualTo(404);
        assertThat(api.audit())
                .containsExactly(
                        "127.0.0.1: API user \"admin\" created new user " + id + " (ann@example.org)",
                        "127.0.0.1: API user \"admin\" modified user " + id + " (ann@example.org)",
                        "127.0.0.1: API user \"admin\" modified user " + id + " (ann@example.org), with a new password",
                        "127.0.0.1: API user \"admin\" deleted user " + id);
        assertThat(api.lines.all().toString()).doesNotContain("correct", "battery");
    }

    @ParameterizedTest
    @CsvSource({
        "'', userJid, valueMissing",
        "userJid=ann, password, valueMissing",
        "userJid=ann&password=, password, valueMissing",
        "userJid=ann&password=seven77, password, valueTooShort",
        "userJid=a+b&password=12345678, userJid, valueInvalid",
        "userJid=ann%40other.example&password=12345678, userJid, valueInvalid",
        "userJid=ann&name=a%0Ab&password=12345678, name, valueInvalid",
    })
    void shouldNameWhatIsWrongWithANewUser(String body, String parameter, String error) throws Exception {
        // when
        HttpResponse<String> answer = api.form("POST", "/api/v1/users", body);
        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<parameterError parameter=\"" + parameter + "\" error=\"" + error + "\" />");
        assertThat(api.audit()).isEmpty();
    }

    @Test
    void shouldRefuseASecondUserOfThatAddress() throws Exception {
        // given
        api.form("POST", "/api/v1/users", "userJid=ann&password=12345678");
        // when
        HttpResponse<String> answer = api.form("POST", "/api/v1/users", "userJid=ANN&password=12345678");
        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<failureDetails><duplicateUserJid /></failureDetails>");
    }

    @Test
    void shouldShowListsInPages() throws Exception {
        // given
        for (int i = 10; i < 35; i++) {
            api.users
                    .add("user" + i, "Person " + i, "password")
                    .toCompletableFuture()
                    .join();
        }
        // then
        assertThat(names("")).hasSize(20).startsWith("Person 10");
        assertThat(names("?offset=20")).hasSize(5).startsWith("Person 30");
        assertThat(names("?offset=4&limit=1")).containsExactly("Person 14");
        assertThat(names("?offset=99")).isEmpty();
        assertThat(names("?filter=PERSON+2&limit=3")).containsExactly("Person 20", "Person 21", "Person 22");
        assertThat(Json.read(api.json("/api/v1/users?filter=user2").body())
                        .path("total")
                        .asInt())
                .isEqualTo(10);
        assertThat(api.get("/api/v1/users?offset=-1").body()).contains("parameter=\"offset\" error=\"valueInvalid\"");
    }

    private List<String> names(String query) throws Exception {
        JsonNode users = Json.read(api.json("/api/v1/users" + query).body()).path("users");
        return users.findValuesAsText("name");
    }

    @Test
    void shouldMakeUpASecretAndShowItOnce() throws Exception {
        // when
        HttpResponse<String> made = api.form("POST", "/api/v1/xmppCallbridges", "name=CB1.example.org");
        // then
        String secret = api.components
                .find("cb1.example.org")
                .toCompletableFuture()
                .join()
                .orElseThrow();
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/xmppCallbridges/cb1.example.org");
        assertThat(made.body())
                .isEqualTo("<?xml version=\"1.0\"?><xmppCallbridge id=\"cb1.example.org\"><name>cb1.example.org</name>"
                        + "<sharedSecret>" + secret + "</sharedSecret></xmppCallbridge>");
        assertThat(secret).matches("[A-Za-z0-9_-]{24}");
        assertThat(api.get("/api/v1/xmppCallbridges/CB1.example.org").body())
                .isEqualTo("<?xml version=\"1.0\"?><xmppCallbridge id=\"cb1.example.org\"><name>cb1.example.org</name>"
                        + "</xmppCallbridge>");
        assertThat(api.get("/api/v1/xmppcallbridges").body())
                .isEqualTo("<?xml version=\"1.0\"?><xmppCallbridges total=\"1\"><xmppCallbridge id=\"cb1.example.org\">"
                        + "<name>cb1.example.org</name></xmppCallbridge></xmppCallbridges>");
        assertThat(api.lines.all().toString()).doesNotContain(secret);
    }

    @Test
    void shouldTakeAndReplaceAGivenSecretAndRemoveACallbridge() throws Exception {
        // given
        String path = "/api/v1/xmppCallbridges";
        // when
        HttpResponse<String> made = api.form("POST", path, "name=cb1&sharedSecret=given");
        // then
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.body()).isEmpty();
        assertThat(api.form("POST", path, "name=CB1").body()).contains("<duplicateXmppCallbridgeName />");
        assertThat(api.form("POST", path, "name=a+b").body()).contains("parameter=\"name\" error=\"valueInvalid\"");
        assertThat(api.form("POST", path, "").body()).contains("parameter=\"name\" error=\"valueMissing\"");
        assertThat(api.form("PUT", path + "/cb1", "sharedSecret=").body())
                .contains("parameter=\"sharedSecret\" error=\"valueMissing\"");
        assertThat(api.form("PUT", path + "/cb1", "").statusCode()).isEqualTo(200);
        assertThat(api.componentsChanged).isEmpty();
        assertThat(api.form("PUT", path + "/CB1", "sharedSecret=other").statusCode())
                .isEqualTo(200);
        assertThat(api.components.find("cb1").toCompletableFuture().join()).contains("other");
        assertThat(api.form("DELETE", path + "/cb1", "").statusCode()).isEqualTo(200);
        assertThat(api.componentsChanged).containsExactly("cb1", "cb1");
        assertThat(api.form("DELETE", path + "/cb1", "").body()).contains("<xmppCallbridgeDoesNotExist />");
        assertThat(api.form("PUT", path + "/cb1", "sharedSecret=x").statusCode())
                .isEqualTo(404);
        assertThat(api.get(path + "/cb1").statusCode()).isEqualTo(404);
    }
}
