package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.LogRecorder;
import io.hubwire.push.kit.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hubs of the sample pages, over the wire. */
class SampleHubsTest {
    private static final String CHAT = "chatHub";
    private static final String SHAPE = "moveShapeHub";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static ApiClient alice;
    private static ApiClient bob;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, Map.of("hubwire.password.cost", "4"));
        alice = server.signedIn("alice");
        bob = server.signedIn("bob");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void chat_joinTwice_isToldOnce_andAnotherRoomIsAnotherGroup() {
        try (SignalRTestClient one = connect(alice, TestTransport.WEB_SOCKETS, CHAT);
                SignalRTestClient other = connect(bob, TestTransport.LONG_POLLING, CHAT)) {
            assertThat(one.invoke(CHAT, "join", " Al ", "attic").error()).isEmpty();
            other.invoke(CHAT, "join", "Bob", "attic");
            other.invoke(CHAT, "join", "Bob", "attic");
            other.invoke(CHAT, "join", "Bobby", "cellar");
            other.invoke(CHAT, "send", "only here");
            one.invoke(CHAT, "send", "end");

            assertThat(names(one.awaitMessages(4))).containsExactly("joined", "joined", "left", "addChatMessageToPage");
            JsonText message = other.awaitCall(CHAT, "addChatMessageToPage").get(0);
            assertThat(message.get("name").map(JsonText::text)).contains("Bobby");
            assertThat(message.get("user").map(JsonText::text)).contains("bob");
            assertThat(message.get("text").map(JsonText::text)).contains("only here");
        }
    }

    private static List<String> names(List<JsonText> messages) {
        return messages.stream()
                .map(message -> message.get("M").orElseThrow().text())
                .toList();
    }

    @Test
    void badInput_isAnsweredInPlainWords() {
        try (LogRecorder log = LogRecorder.start();
                SignalRTestClient page = connect(alice, TestTransport.WEB_SOCKETS, CHAT, SHAPE)) {
            assertRefused(page.invoke(CHAT, "send", "x"), "Join a room first.");
            assertRefused(page.invoke(CHAT, "join", " ", "attic"), "The name is empty.");
            assertRefused(page.invoke(CHAT, "join", "Al", null), "The room is empty.");
            assertRefused(
                    page.invoke(CHAT, "join", "Al", "x".repeat(ChatHub.MAX_NAME_LENGTH + 1)),
                    "A room may have at most 40 characters, not 41.");
            assertThat(page.invoke(CHAT, "join", "Al", "x".repeat(ChatHub.MAX_NAME_LENGTH))
                            .error())
                    .isEmpty();
            assertRefused(
                    page.invoke(CHAT, "send", "x".repeat(ChatHub.MAX_MESSAGE_LENGTH + 1)),
                    "A message may have at most 1000 characters, not 1001.");
            String off = "The shape must stay on the board: left and top from 0 to 1.";
            assertRefused(page.invoke(SHAPE, "updateModel", (Object) null), off);
            assertRefused(page.invoke(SHAPE, "updateModel", Map.of("left", 1.01, "top", 0)), off);
            assertRefused(page.invoke(SHAPE, "updateModel", Map.of("left", 0, "top", -0.01)), off);
            assertThat(page.invoke(SHAPE, "updateModel", Map.of("left", 1, "top", 0))
                            .error())
                    .isEmpty();
            assertThat(page.invoke(SHAPE, "getShape").result()).contains("{\"left\":1.0,\"top\":0.0}");

            assertThat(log.atLeast(Level.WARNING)).isEmpty();
        }
    }

    private static void assertRefused(HubResponse response, String message) {
        assertThat(response.error()).contains(message);
        assertThat(response.isHubException()).isTrue();
    }

    private static SignalRTestClient connect(ApiClient user, TestTransport transport, String... hubs) {
        return SignalRTestClient.start(
                ClientOptions.to(server.uri().getHost(), server.uri().getPort())
                        .withHubs(hubs)
                        .withTransport(transport)
                        .withQuery("Bearer", user.token()));
    }
}
