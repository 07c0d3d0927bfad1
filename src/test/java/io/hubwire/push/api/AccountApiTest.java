package io.hubwire.push.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.RevokedTokens;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.ApiClient.Answer;
import io.hubwire.push.kit.RunningServer;
import io.hubwire.push.security.BearerTokens;
import io.hubwire.push.security.SignInLimiter;
import io.hubwire.push.security.SigningKeys;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out, and following. */
class AccountApiTest {
    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, Map.of("hubwire.password.cost", "4"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void token_rightPassword_isABearerToken() throws Exception {
        Answer answer = server.nobody().token("alice", "demo-alice");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.json().getString("token_type")).isEqualTo("bearer");
        assertThat(answer.json().getInt("expires_in")).isEqualTo(8 * 3600);
        assertThat(answer.json().getJsonObject("user"))
                .hasToString("{\"displayName\":\"Alice Archer\",\"name\":\"alice\",\"roles\":[\"demo\",\"user\"]}");
        assertThat(answer.json().getString("access_token").split("\\.")).hasSize(3);
    }

    @Test
    void token_unknownUserAndWrongPassword_getTheSameAnswer() throws Exception {
        Answer wrong = server.nobody().token("carol", "wrong");
        Answer unknown = server.nobody().token("mallory", "wrong");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.json().getString("error")).isEqualTo("invalid_grant");
        assertThat(wrong.json().getString("error_description")).isEqualTo("The user name or the password is wrong.");
        assertThat(wrong.header("www-authenticate")).startsWith("Bearer");
    }

    @Test
    void token_tooManyFailures_mustWait() throws Exception {
        for (int i = 0; i < SignInLimiter.MAX_PER_NAME; i++) {
            assertThat(server.nobody().token("victim", "guess" + i).status()).isEqualTo(401);
        }
        Answer refused = server.nobody().token("victim", "guess");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 300);
        assertThat(server.nobody().token("alice", "demo-alice").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "client_credentials, unsupported_grant_type",
        "'',                 unsupported_grant_type",
        "password,           invalid_request"
    })
    void token_otherRequests_areRefused(String grant, String error) throws Exception {
        Map<String, String> form = error.equals("invalid_request")
                ? Map.of("grant_type", grant, "username", "alice")
                : Map.of("grant_type", grant, "username", "alice", "password", "x");
        Answer answer = server.nobody().form(form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("error")).isEqualTo(error);
    }

    @Test
    void token_repeatedParameter_isRefused() throws Exception {
        Answer answer = server.nobody()
                .send(server.nobody()
                        .request("/api/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=password&username=alice&username=bob&password=x")));

        assertThat(answer.json().getString("error")).isEqualTo("invalid_request");
    }

    @Test
    void token_hugeForm_isRefused() throws Exception {
        Answer answer = server.nobody().token("alice", "x".repeat(BodyReading.MAX_BYTES));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("message")).contains("65536 bytes");
    }

    @Test
    void token_withAnOldTokenInTheHeader_isIssuedAllTheSame() throws Exception {
        assertThat(new ApiClient(server.uri(), "old")
                        .token("alice", "demo-alice")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void demoUsers_onLoopback_areShownToEveryone() throws Exception {
        assertThat(server.nobody().get("/api/demo-users").array().getValuesAs(JsonObject.class))
                .extracting(user -> user.getString("name") + ":" + user.getString("password"))
                .containsExactly("alice:demo-alice", "bob:demo-bob", "carol:demo-carol", "operator:demo-operator");
    }

    @Test
    void me_signedIn_isMe() throws Exception {
        JsonObject me = server.signedIn("alice").get("/api/me").json();

        assertThat(me.getString("name")).isEqualTo("alice");
        assertThat(me.getString("displayName")).isEqualTo("Alice Archer");
        assertThat(me.getJsonArray("roles")).hasToString("[\"demo\",\"user\"]");
        assertThat(me.getInt("unread")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/me",
                "/api/people",
                "/api/inbox",
                "/api/files/mine",
                "/api/nothing",
                "/api/",
                "/api/me/../token/../me"
            })
    void api_nobody_mustSignIn(String path) throws Exception {
        Answer answer = server.nobody().get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer realm=\"hubwire\"");
        assertThat(answer.json().getString("error")).isEqualTo("unauthorized");
    }

    @Test
    void api_forgedToken_isRefused() throws Exception {
        String token = server.signedIn("alice").token();
        Answer answer = new ApiClient(server.uri(), token.substring(0, token.length() - 4) + "AAAA").get("/api/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).contains("error=\"invalid_token\"");
        assertThat(answer.body()).doesNotContain(token.substring(0, 20));
    }

    @Test
    void api_expiredToken_isRefused() throws Exception {
        Answer answer = new ApiClient(server.uri(), token(Duration.ofHours(-9))).get("/api/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("message")).isEqualTo("The token has expired.");
        assertThat(new ApiClient(server.uri(), token(Duration.ofHours(-7)))
                        .get("/api/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void api_tokenInTheQuery_isNotTaken() throws Exception {
        String token = server.signedIn("alice").token();

        assertThat(server.nobody().get("/api/me?Bearer=" + token).status()).isEqualTo(401);
        assertThat(server.nobody().get("/api/me?access_token=" + token).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/signalr/negotiate?Bearer=forged",
                "/SignalR/negotiate?access_token=forged",
                "/signalr?bearer=forged"
            })
    void signalr_forgedTokenInTheQuery_isRefused(String path) throws Exception {
        assertThat(server.nobody().get(path).status()).isEqualTo(401);
    }

    @Test
    void page_forgedToken_isIgnored() throws Exception {
        assertThat(new ApiClient(server.uri(), "forged")
                        .get("/health?Bearer=forged")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signOut_token_isWorthlessFromNowOn() throws Exception {
        ApiClient alice = server.signedIn("alice");
        ApiClient otherPage = server.signedIn("alice");

        assertThat(alice.post("/api/signout").status()).isEqualTo(204);

        assertThat(alice.get("/api/me").status()).isEqualTo(401);
        assertThat(server.nobody()
                        .get("/signalr/negotiate?Bearer=" + alice.token())
                        .status())
                .isEqualTo(401);
        assertThat(otherPage.get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void follow_allThenOneCategoryThenNothing_isListed() throws Exception {
        ApiClient alice = server.signedIn("alice");

        assertThat(alice.put("/api/follows/bob", "{\"categories\":null}").status())
                .isEqualTo(204);
        assertThat(listed(alice, "bob").toString())
                .isEqualTo("{\"displayName\":\"Bob Baker\",\"followers\":1,"
                        + "\"following\":{\"all\":true,\"categories\":[]},\"name\":\"bob\"}");

        alice.put("/api/follows/bob", "{\"categories\":[\"video\",\"pictures\"]}");
        assertThat(listed(alice, "bob").getJsonObject("following").toString())
                .isEqualTo("{\"all\":false,\"categories\":[\"pictures\",\"video\"]}");

        assertThat(alice.delete("/api/follows/bob").status()).isEqualTo(204);
        assertThat(alice.delete("/api/follows/bob").status()).isEqualTo(204);
        assertThat(listed(alice, "bob").getJsonObject("following").toString())
                .isEqualTo("{\"all\":false,\"categories\":[]}");
        assertThat(listed(alice, "bob").getInt("followers")).isZero();
    }

    @Test
    void people_doNotIncludeOneself() throws Exception {
        assertThat(server.signedIn("bob").get("/api/people").array().getValuesAs(JsonObject.class))
                .extracting(person -> person.getString("displayName"))
                .containsExactly("Alice Archer", "Carol Cook", "Olga Operator");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nobody | {"categories":null}        | 404 | There is no such person.
            a/b    | {"categories":null}        | 404 | Not Found.
            alice  | {"categories":null}        | 400 | Nobody can follow themselves.
            bob    | {"categories":[]}          | 400 | Name at least one category, or none at all (null) for everything.
            bob    | {"categories":["poetry"]}  | 400 | The category must be one of documents, pictures, music, video, other.
            bob    | {"categories":[null]}      | 400 | The category must be one of documents, pictures, music, video, other.
            bob    | {"categories":7}           | 400 | The body is not what is expected here.
            bob    | {"categories":             | 400 | The body is not what is expected here.
            """)
    void follow_badRequest_isRefused(String name, String body, int status, String message) throws Exception {
        Answer answer = server.signedIn("alice").put("/api/follows/" + name, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getString("message")).isEqualTo(message);
    }

    @Test
    void categories_areTheFixedList() throws Exception {
        assertThat(server.signedIn("alice").get("/api/categories").array())
                .hasSize(5)
                .first()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(JsonValue.class))
                .hasToString("{\"id\":\"documents\",\"title\":\"Documents\"}");
    }

    @Test
    void api_unknownResource_isNotFoundInJson() throws Exception {
        Answer answer = server.signedIn("alice").get("/api/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("error")).isEqualTo("not_found");
    }

    @Test
    void api_otherMethod_isNotAllowed() throws Exception {
        Answer answer = server.signedIn("alice").delete("/api/me");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).contains("GET");
        assertThat(answer.json().getString("error")).isEqualTo("method_not_allowed");
    }

    @Test
    void health_nobody_isUp() throws Exception {
        Answer answer = server.nobody().get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void headers_ofPagesAndApi_forbidWhatPagesNeverDo() throws Exception {
        for (String path : new String[] {"/health", "/api/me", "/nothing"}) {
            Answer answer = server.nobody().get(path);

            assertThat(answer.header("content-security-policy"))
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe-inline", "unsafe-eval");
            assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        }
    }

    private static JsonObject listed(ApiClient client, String name) throws Exception {
        return client.get("/api/people").array().getValuesAs(JsonObject.class).stream()
                .filter(person -> person.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Signed with the server's key, at another time. */
    private static String token(Duration ago) throws Exception {
        RevokedTokens none = new RevokedTokens() {
            @Override
            public void revoke(String tokenId, Instant expiresAt) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean revokeFirst(String tokenId, Instant expiresAt) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isRevoked(String tokenId) {
                return false;
            }
        };
        var keys = SigningKeys.open(data.resolve("keys").resolve("signing.key"));
        var tokens = new BearerTokens(keys, none, Duration.ofHours(8), Clock.offset(Clock.systemUTC(), ago));
        return tokens.issue(new Account(new Person("alice", "Alice Archer"), "", Set.of("user")));
    }
}
