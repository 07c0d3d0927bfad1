package io.hubwire.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each example does what the guide says of its original, over the wire, on every transport. */
@ParameterizedClass
@EnumSource(TestTransport.class)
class HubExamplesIT {
    private static final String CHAT = "contosoChatHub";
    private static final String TO_PAGE = "addContosoChatMessageToPage";
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    private static ExampleServer examples;

    private final TestTransport transport;

    HubExamplesIT(TestTransport transport) {
        this.transport = transport;
    }

    @BeforeAll
    static void start() {
        examples = ExampleServer.start(
                new PipelineModules.LoggingModule(LOG::add),
                ContosoChatHub.class,
                NamedHub.class,
                StockHub.class,
                PresenceHub.class,
                Members.MembersHub.class,
                Members.AnnouncementsHub.class,
                Members.LocalHub.class);
    }

    @AfterAll
    static void stop() {
        examples.close();
    }

    /* --- calling and choosing clients --- */

    @Test
    void chat_messages_reachWhomTheyAreFor() {
        try (SignalRTestClient caller = connect(CHAT);
                SignalRTestClient other = connect(CHAT)) {
            caller.invoke(CHAT, "newContosoChatMessage", "a", "all");
            assertThat(texts(other.awaitCall(CHAT, "addNewMessageToPage"))).containsExactly("a", "all");

            caller.invoke(CHAT, "sendMessage", "a", "complex");
            assertThat(other.awaitCall(CHAT, TO_PAGE).get(0).raw())
                    .isEqualTo("{\"Message\":\"complex\",\"UserName\":\"a\"}");
            caller.invoke(CHAT, "sendByName", "a", "by name");
            caller.invoke(CHAT, "newMessageThenNotify", "a", "others");
            caller.awaitCall(CHAT, "notifyMessageSent");
            caller.invoke(CHAT, "toCaller", "a", "caller");
            caller.invoke(CHAT, "toClient", "a", "client");
            caller.invoke(CHAT, "toOthers", "a", "others again");
            caller.invoke(CHAT, "toAllExcept", other.connectionId(), "nobody", "a", "all except");
            caller.invoke(CHAT, "toAllExcept", "nobody", caller.connectionId(), "a", "end");
            caller.invoke(CHAT, "toCaller", "a", "end");

            assertThat(heard(other)).containsExactly("complex", "by name", "others", "others again", "end");
            assertThat(heard(caller)).containsExactly("complex", "by name", "caller", "client", "all except", "end");
        }
    }

    @Test
    void chat_groups_reachTheirMembers() {
        try (SignalRTestClient caller = connect(CHAT);
                SignalRTestClient other = connect(CHAT)) {
            caller.invoke(CHAT, "joinGroupAndTell", "room");
            assertThat(texts(caller.awaitCall(CHAT, TO_PAGE)))
                    .containsExactly(caller.connectionId() + " added to group");
            other.invoke(CHAT, "joinGroup", "room");

            caller.invoke(CHAT, "toGroup", "room", "a", "group");
            caller.invoke(CHAT, "toGroupExcept", "room", other.connectionId(), "nobody", "a", "group except");
            caller.invoke(CHAT, "toOthersInGroup", "room", "a", "others in group");
            caller.invoke(CHAT, "leaveGroup", "room");
            other.invoke(CHAT, "toGroup", "room", "b", "end");
            caller.invoke(CHAT, "toCaller", "a", "end");

            assertThat(heard(other)).containsExactly("group", "others in group", "end");
            assertThat(heard(caller)).endsWith("group", "group except", "end");
        }
    }

    /** What was said until the end, each message by its last argument. */
    private static List<String> heard(SignalRTestClient client) {
        return client
                .awaitMessages(
                        messages -> messages.stream()
                                .anyMatch(message -> last(message).equals("end")),
                        "the end")
                .stream()
                .filter(message ->
                        message.get("M").map(JsonText::text).orElse("").equals(TO_PAGE))
                .map(HubExamplesIT::last)
                .toList();
    }

    private static String last(JsonText message) {
        List<JsonText> arguments = message.get("A").map(JsonText::elements).orElse(List.of());
        if (arguments.isEmpty()) {
            return "";
        }
        JsonText last = arguments.get(arguments.size() - 1);
        return last.get("Message").orElse(last).text();
    }

    /* --- names, results, errors --- */

    @Test
    void names_asTheyAreSpelt() {
        try (SignalRTestClient client = connect("PascalCaseContosoChatHub")) {
            client.invoke("PascalCaseContosoChatHub", "PascalCaseNewContosoChatMessage", "a", "b");
            assertThat(texts(client.awaitCall("PascalCaseContosoChatHub", "addNewMessageToPage")))
                    .containsExactly("a", "b");
        }
    }

    @Test
    void stocks_results_nowAndLater_andByNumberOfArguments() {
        try (SignalRTestClient client = connect("stockHub")) {
            String all = "[{\"Price\":107.70,\"Symbol\":\"ALDER\"},{\"Price\":25.36,\"Symbol\":\"BIRCH\"}]";
            assertThat(client.invoke("stockHub", "getAllStocks").result()).contains(all);
            assertThat(client.invoke("stockHub", "fetchAllStocks").result()).contains(all);
            assertThat(client.invoke("stockHub", "find", "BIRCH").result())
                    .contains("{\"Price\":25.36,\"Symbol\":\"BIRCH\"}");
            assertThat(client.invoke("stockHub", "find", "BIRCH", "30").isHubException())
                    .isTrue();
        }
    }

    @Test
    void errors_reachClientsAsFarAsTheyMay() {
        try (SignalRTestClient plain = connect("stockHub");
                SignalRTestClient detailed =
                        SignalRTestClient.start(options("stockHub").withPath("/detailed"))) {
            HubResponse unknown = plain.invoke("stockHub", "find", "OAK");
            assertThat(unknown.error()).contains("There is no such stock.");
            assertThat(unknown.json().get("D").map(JsonText::raw)).contains("{\"symbol\":\"OAK\"}");
            assertThat(plain.invoke("stockHub", "fail").error().orElseThrow()).doesNotContain("fire");
            assertThat(detailed.invoke("stockHub", "fail").error()).contains("the database is on fire");
        }
    }

    /* --- state, context, life --- */

    @Test
    void state_comesWithTheCall_andGoesBack() {
        try (SignalRTestClient caller = connect(CHAT);
                SignalRTestClient other = connect(CHAT)) {
            HubResponse answer = caller.invokeWithState(
                            "{\"userName\":\"Fadi Fakhouri\",\"computerName\":\"fadivm1\"}",
                            CHAT,
                            "newMessageOfSomebody",
                            "hello")
                    .orTimeoutAfter(Duration.ofSeconds(20));

            assertThat(answer.json().get("S").map(JsonText::raw)).contains("{\"sent\":5}");
            assertThat(texts(other.awaitCall(CHAT, TO_PAGE))).containsExactly("hello", "Fadi Fakhouri", "fadivm1");
        }
    }

    @Test
    void context_tellsWhoCalls() {
        ClientOptions options = options(CHAT)
                .withQuery("Bearer", "token of bob")
                .withQuery("version", "1.0")
                .withHeader("User-Agent: examples")
                .withHeader("Cookie: theme=dark");
        try (SignalRTestClient client = SignalRTestClient.start(options)) {
            JsonText answer =
                    JsonText.parse(client.invoke(CHAT, "whoAmI").result().orElseThrow());

            assertThat(answer.get("connectionId").map(JsonText::text)).contains(client.connectionId());
            assertThat(answer.get("transport").map(JsonText::text)).contains(transport.wireName());
            assertThat(answer.get("version").map(JsonText::text)).contains("1.0");
            assertThat(answer.get("agent").map(JsonText::text)).contains("examples");
            assertThat(answer.get("theme").map(JsonText::text)).contains("dark");
            assertThat(answer.get("user").map(JsonText::text)).contains("bob");
        }
    }

    @Test
    void presence_followsTheLifeOfConnections() {
        SignalRTestClient bob = SignalRTestClient.start(as("bob", "presenceHub"));
        try (bob;
                SignalRTestClient alice = SignalRTestClient.start(as("alice", "presenceHub"))) {
            assertThat(PresenceHub.connectionsOf("bob")).containsExactly(bob.connectionId());

            alice.invoke("presenceHub", "whisper", "bob", "psst");
            alice.invoke("presenceHub", "tell", "bob", "hello");

            assertThat(texts(bob.awaitCall("presenceHub", "whispered"))).containsExactly("alice", "psst");
            assertThat(texts(bob.awaitCall("presenceHub", "told"))).containsExactly("alice", "hello");
            bob.abort();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> PresenceHub.connectionsOf("bob").isEmpty());
        }
    }

    /* --- authorization --- */

    @Test
    void members_byTokenRoleAndName() {
        assertThatThrownBy(() -> SignalRTestClient.start(options("membersHub"))).hasMessageContaining("401");
        try (SignalRTestClient alice = SignalRTestClient.start(as("alice", "membersHub"));
                SignalRTestClient bob = SignalRTestClient.start(as("bob", "membersHub"))) {
            assertThat(bob.invoke("membersHub", "greet").result()).contains("\"hello\"");
            assertThat(alice.invoke("membersHub", "manage").result()).contains("\"managed\"");
            assertThat(alice.invoke("membersHub", "meet").result()).contains("\"met\"");
            assertThat(bob.invoke("membersHub", "manage").error()).isPresent();
            assertThat(bob.invoke("membersHub", "meet").error()).isPresent();
        }
    }

    @Test
    void announcements_everybodyHears_administratorsSpeak() {
        try (SignalRTestClient alice = SignalRTestClient.start(as("alice", "announcementsHub"));
                SignalRTestClient nobody = connect("announcementsHub")) {
            assertThat(nobody.invoke("announcementsHub", "announce", "mine").error())
                    .isPresent();
            alice.invoke("announcementsHub", "announce", "ours");

            assertThat(texts(nobody.awaitCall("announcementsHub", "announced"))).containsExactly("ours");
        }
    }

    @Test
    void ownRule_decides() {
        assertThatThrownBy(() -> SignalRTestClient.start(as("bob", "localHub"))).hasMessageContaining("403");
        try (SignalRTestClient client =
                SignalRTestClient.start(as("bob", "localHub").withHeader("X-Branch: here"))) {
            assertThat(client.invoke("localHub", "here").result()).contains("\"here\"");
        }
    }

    /* --- pipeline, outside hubs --- */

    @Test
    void loggingModule_notesCallsOnEitherSide() {
        LOG.clear();
        try (SignalRTestClient client = connect(CHAT)) {
            client.invoke(CHAT, "newContosoChatMessage", "a", "b");
            client.awaitCall(CHAT, "addNewMessageToPage");

            assertThat(LOG)
                    .containsSubsequence(
                            "=> Invoking newContosoChatMessage on hub ContosoChatHub",
                            "<= Invoking addNewMessageToPage on client hub ContosoChatHub");
        }
    }

    @Test
    void errorModule_notesTheError_andTellsClientsAnother() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (ExampleServer polite =
                        ExampleServer.start(new PipelineModules.ErrorHandlingModule(log::add), StockHub.class);
                SignalRTestClient client =
                        SignalRTestClient.start(polite.client("stockHub").withTransport(transport))) {
            assertThat(client.invoke("stockHub", "fail").error()).contains("Something went wrong; try again later.");
            assertThat(client.invoke("stockHub", "find", "OAK").error()).contains("There is no such stock.");
        }
        assertThat(log).containsExactly("=> Exception the database is on fire", "=> Exception There is no such stock.");
    }

    @Test
    void outsideHubs_callsAndGroups() {
        OutsideHubs outside =
                new OutsideHubs(examples.signalR().hubs().connectionManager().hubContext(ContosoChatHub.class));
        try (SignalRTestClient one = connect(CHAT);
                SignalRTestClient other = connect(CHAT)) {
            outside.updateStockPrices(new StockHub().getAllStocks());
            outside.tellOne(one.connectionId(), "x", "one");
            outside.tellOthers(one.connectionId(), "x", "others");
            outside.addToGroup(one.connectionId(), "room").toCompletableFuture().join();
            outside.tellGroup("room", other.connectionId(), "x", "group");
            outside.removeFromGroup(one.connectionId(), "room")
                    .toCompletableFuture()
                    .join();
            outside.tellGroup("room", "nobody", "x", "empty group");
            outside.tellOne(one.connectionId(), "x", "end");
            outside.tellOne(other.connectionId(), "x", "end");

            assertThat(heard(one)).containsExactly("one", "group", "end");
            assertThat(heard(other)).containsExactly("others", "end");
            assertThat(one.awaitCall(CHAT, "updateStockPrice")
                            .get(0)
                            .get("Symbol")
                            .map(JsonText::text))
                    .contains("ALDER");
        }
    }

    @Test
    void hubMadeByNew_saysWhatToUseInstead() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ContosoChatHub().newContosoChatMessage("a", "b"))
                .withMessageContaining("hubContext(ContosoChatHub.class)");
    }

    private static List<String> texts(List<JsonText> arguments) {
        return arguments.stream().map(JsonText::text).toList();
    }

    private SignalRTestClient connect(String hub) {
        return SignalRTestClient.start(options(hub));
    }

    private ClientOptions as(String user, String hub) {
        return options(hub).withQuery("Bearer", "token of " + user);
    }

    private ClientOptions options(String hub) {
        return examples.client(hub).withTransport(transport);
    }
}
