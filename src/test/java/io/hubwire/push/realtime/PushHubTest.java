package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.LogRecorder;
import io.hubwire.push.kit.MultipartForm;
import io.hubwire.push.kit.RunningServer;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.DatabaseOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hub as pages see it, over the wire. */
class PushHubTest {
    private static final String HUB = "pushHub";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static ApiClient alice;
    private static ApiClient bob;
    private static ApiClient carol;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, Map.of("hubwire.password.cost", "4"));
        alice = server.signedIn("alice");
        bob = server.signedIn("bob");
        carol = server.signedIn("carol");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TestTransport.class,
            names = {"WEB_SOCKETS", "LONG_POLLING"})
    void upload_followerOnline_isToldWhatTheInboxSays(TestTransport transport) throws Exception {
        bob.put("/api/follows/alice", "{\"categories\":null}");
        try (SignalRTestClient page = connect(bob, transport);
                SignalRTestClient stranger = connect(carol, transport)) {
            alice.upload(MultipartForm.of("pictures", "photo.png", "x").field("note", "for you"));

            JsonText pushed = page.awaitCall(HUB, "broadcastMessage").get(0);
            JsonObject item =
                    bob.get("/api/inbox?limit=1").json().getJsonArray("items").getJsonObject(0);
            assertThat(parse(pushed)).isEqualTo(item);
            assertThat(item.getString("kind")).isEqualTo("file");
            // What is sent after it has been told has overtaken nothing.
            stranger.invoke(HUB, "sendTo", "carol", "end");
            assertThat(parse(stranger.awaitCall(HUB, "broadcastMessage").get(0)).getString("kind"))
                    .isEqualTo("text");
        }
    }

    @Test
    void upload_followerReconnected_isToldOnTheNewConnection() throws Exception {
        bob.put("/api/follows/alice", "{\"categories\":null}");
        try (SignalRTestClient page = connect(bob, TestTransport.WEB_SOCKETS)) {
            page.drop();
            page.reconnect();
            JsonObject file =
                    alice.upload(MultipartForm.of("music", "song.mp3", "x")).json();

            assertThat(parse(page.awaitCall(HUB, "broadcastMessage").get(0)).getString("fileId"))
                    .isEqualTo(file.getString("id"));
        }
    }

    @Test
    void send_reachesEveryoneUnderTheSendersName() throws Exception {
        try (SignalRTestClient sender = connect(alice, TestTransport.WEB_SOCKETS);
                SignalRTestClient other = connect(bob, TestTransport.LONG_POLLING)) {
            assertThat(sender.invoke(HUB, "send", "hello <b>").error()).isEmpty();

            for (SignalRTestClient page : List.of(sender, other)) {
                assertThat(page.awaitCall(HUB, "addNewMessageToPage"))
                        .extracting(JsonText::text)
                        .containsExactly("Alice Archer", "hello <b>");
            }
        }
    }

    @Test
    void sendTo_reachesAllPagesOfThatPersonAlone() throws Exception {
        try (SignalRTestClient sender = connect(alice, TestTransport.WEB_SOCKETS);
                SignalRTestClient one = connect(bob, TestTransport.WEB_SOCKETS);
                SignalRTestClient two = connect(bob, TestTransport.LONG_POLLING)) {
            sender.invoke(HUB, "sendTo", "Bob", "psst");

            for (SignalRTestClient page : List.of(one, two)) {
                JsonObject text = parse(page.awaitCall(HUB, "broadcastMessage").get(0));
                assertThat(text.getString("kind")).isEqualTo("text");
                assertThat(text.getString("text")).isEqualTo("psst");
                assertThat(text.getJsonObject("from"))
                        .isEqualTo(parse("{\"name\":\"alice\",\"displayName\":\"Alice Archer\"}"));
                assertThat(Instant.parse(text.getString("at"))).isBeforeOrEqualTo(Instant.now());
            }
            // Its own calls come after whatever was sent to it before.
            sender.invoke(HUB, "send", "end");
            sender.awaitCall(HUB, "addNewMessageToPage");
            assertThat(sender.messages()).hasSize(1);
        }
    }

    @Test
    void call_badInput_isAnsweredInPlainWords() throws Exception {
        try (LogRecorder log = LogRecorder.start();
                SignalRTestClient page = connect(alice, TestTransport.WEB_SOCKETS)) {
            assertRefused(page.invoke(HUB, "send", " "), "The message is empty.");
            assertRefused(page.invoke(HUB, "send", (Object) null), "The message is empty.");
            assertRefused(
                    page.invoke(HUB, "send", "x".repeat(PushHub.MAX_MESSAGE_LENGTH + 1)),
                    "A message may have at most 1000 characters, not 1001.");
            assertRefused(page.invoke(HUB, "sendTo", "nobody", "x"), "There is no such person.");
            assertRefused(page.invoke(HUB, "sendTo", null, "x"), "There is no such person.");
            assertRefused(page.invoke(HUB, "sendTo", "carol", "x"), "Carol Cook is not here now.");
            assertThat(page.invoke(HUB, "send", "x".repeat(PushHub.MAX_MESSAGE_LENGTH))
                            .error())
                    .isEmpty();
            assertThat(page.invoke(HUB, "onConnected").error()).isPresent();

            assertThat(log.atLeast(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void negotiate_nobody_isRefused() {
        assertThatThrownBy(() -> SignalRTestClient.start(options(TestTransport.WEB_SOCKETS)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("401");
    }

    @Test
    void connection_whileItLives_isLeasedToItsUser() throws Exception {
        // The server's database, seen from beside it: they share the engine of this process.
        try (Database database =
                Database.open(DatabaseOptions.embedded(data.resolve("db").resolve("hubwire"), 2))) {
            SignalRTestClient page = connect(carol, TestTransport.WEB_SOCKETS);
            try (page) {
                assertThat(live(database)).isEqualTo(Map.of("carol", List.of(page.connectionId())));
                page.abort();
            }

            await("the lease is given back").until(() -> live(database).isEmpty());
        }
    }

    private static Map<String, List<String>> live(Database database) {
        return database.inTransaction(stored -> stored.connections().live(Set.of("carol"), Instant.now()));
    }

    private static SignalRTestClient connect(ApiClient user, TestTransport transport) {
        return SignalRTestClient.start(options(transport).withQuery("Bearer", user.token()));
    }

    private static ClientOptions options(TestTransport transport) {
        return ClientOptions.to(server.uri().getHost(), server.uri().getPort())
                .withHubs(HUB.toLowerCase(Locale.ROOT))
                .withTransport(transport);
    }

    private static void assertRefused(HubResponse response, String message) {
        assertThat(response.error()).contains(message);
        assertThat(response.isHubException()).isTrue();
    }

    private static JsonObject parse(JsonText json) {
        return parse(json.raw());
    }

    private static JsonObject parse(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
