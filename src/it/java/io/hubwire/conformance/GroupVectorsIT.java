package io.hubwire.conformance;

import static io.hubwire.conformance.DemoClients.answer;
import static io.hubwire.conformance.DemoClients.awaitEvents;
import static io.hubwire.conformance.DemoClients.awaitGroupsToken;
import static io.hubwire.conformance.DemoClients.groupsTokens;
import static io.hubwire.conformance.DemoClients.invoke;
import static io.hubwire.conformance.DemoClients.signalsUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.security.KeyRing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups (protocol §8, V74, V75, V77): joining, leaving, coming back, and who is kept out. */
class GroupVectorsIT {
    private static final KeyRing KEYS = KeyRing.random();
    private static DemoServer server;
    private final DemoClients clients = new DemoClients();

    @BeforeAll
    static void startServer() {
        server = DemoServer.start(settings -> settings.keys(KEYS));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closeClients() {
        clients.close();
    }

    private SignalRTestClient started(TestTransport transport) {
        return clients.start(server.client(transport));
    }

    private static void toGroup(String group, String text) {
        join(server.demo().clients().group(group).invoke("signal", text));
    }

    private static void toAll(String text) {
        join(server.demo().clients().all().invoke("signal", text));
    }

    private static void join(CompletionStage<?> stage) {
        stage.toCompletableFuture()
                .orTimeout(DemoClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** A group that no other test knows. */
    private static String room(TestTransport transport, String test) {
        return test + " of " + transport;
    }

    // --- joining and leaving ---

    @ParameterizedTest
    @EnumSource
    void v74_join_isAFrameWithAToken_andTwiceIsOnce(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String room = room(transport, "v74");

        invoke(client, "join", room);
        String token = awaitGroupsToken(client, 1);
        invoke(client, "join", room);
        toGroup(room, "once");
        toAll("end");

        assertThat(signalsUntil(client, "end")).containsExactly("once", "end");
        assertThat(groupsTokens(client.frames())).containsExactly(token);
        assertThat(client.frames())
                .filteredOn(frame -> frame.groupsToken().isPresent())
                .extracting(frame -> frame.json().raw().replace(frame.cursor(), "<cur>"))
                .containsExactly("{\"C\":\"<cur>\",\"G\":\"" + token + "\",\"M\":[]}");
    }

    @ParameterizedTest
    @EnumSource
    void v75_leave_isAFrameWithANewToken_andNothingMoreArrives(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String room = room(transport, "v75");
        invoke(client, "join", room);
        awaitGroupsToken(client, 1);
        toGroup(room, "in");

        invoke(client, "leave", room);
        awaitGroupsToken(client, 2);
        toGroup(room, "out");
        invoke(client, "leave", room);
        toAll("end");

        assertThat(signalsUntil(client, "end")).containsExactly("in", "end");
        assertThat(groupsTokens(client.frames())).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void joinAndLeaveFromOutside_completeWhenTheyAreInForce(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String room = room(transport, "outside");

        join(server.demo().groups().add(client.connectionId(), room));
        toGroup(room, "in");
        join(server.demo().groups().remove(client.connectionId(), room));
        toGroup(room, "out");
        toAll("end");

        assertThat(signalsUntil(client, "end")).containsExactly("in", "end");
    }

    @ParameterizedTest
    @EnumSource
    void joinThenSendInOneGo_reachesTheNewMember(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String room = room(transport, "at once");

        join(server.demo()
                .groups()
                .add(client.connectionId(), room)
                .thenCompose(joined -> server.demo().clients().group(room).invoke("signal", "welcome")));

        assertThat(signalsUntil(client, "welcome")).containsExactly("welcome");
    }

    @ParameterizedTest
    @EnumSource
    void messagesBeforeTheJoin_areNotDelivered_evenAfterAReconnect(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String room = room(transport, "before");
        invoke(client, "send", "caller", List.of(), List.of(), "start");
        signalsUntil(client, "start");
        String cursor = client.cursor().orElseThrow();
        toGroup(room, "too early");
        invoke(client, "join", room);
        String token = awaitGroupsToken(client, 1);
        toGroup(room, "in time");
        client.drop();

        SignalRTestClient back = clients.comeBack(client, cursor, token);
        assertThat(signalsUntil(back, "in time")).containsExactly("in time");
    }

    // --- names ---

    @ParameterizedTest
    @EnumSource
    void nameOfAnyCharacters_worksAlsoAfterAReconnect(TestTransport transport) {
        SignalRTestClient client = started(transport);
        List<String> names = new ArrayList<>();
        for (String odd : List.of(
                "a.b",
                "with space",
                "comma,pipe|",
                "\u00e9",
                "E\u0301",
                "x\"y\\z",
                "&=%2B+#?/",
                "<script>",
                "\u65e5\u672c \ud83d\ude00",
                "\u2028\n\t\u0000",
                "demo.x",
                "hg-demo.x",
                "n".repeat(1_000))) {
            names.add(odd + transport);
        }
        names.forEach(name -> invoke(client, "join", name));
        names.forEach(name -> toGroup(name, name));
        toAll("end");
        assertThat(signalsUntil(client, "end")).startsWith(names.toArray(String[]::new));
        client.drop();

        names.forEach(name -> toGroup(name, "again " + name));
        client.reconnect();
        toAll("end of all");

        assertThat(signalsUntil(client, "end of all"))
                .containsSubsequence(names.stream().map(name -> "again " + name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void name_isCaseSensitive(TestTransport transport) {
        SignalRTestClient client = started(transport);
        invoke(client, "join", room(transport, "Case"));
        toGroup(room(transport, "case"), "not for us");
        toAll("end");
        assertThat(signalsUntil(client, "end")).containsExactly("end");
    }

    @ParameterizedTest
    @EnumSource
    void nullName_isRefused_emptyNameCanBeJoinedButNotSentTo(TestTransport transport) {
        SignalRTestClient client = started(transport);
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"Join\",\"A\":[null],\"I\":0}"))
                .startsWith("{\"I\":\"0\",\"E\":\"")
                .contains("groupName");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"Join\",\"A\":[\"\"],\"I\":1}"))
                .isEqualTo("{\"I\":\"1\"}");
        for (String name : List.of("\"\"", "null")) {
            assertThat(answer(
                            client,
                            "{\"H\":\"demo\",\"M\":\"Send\",\"A\":[\"group\",[" + name + "],[],\"x\"],\"I\":2}"))
                    .startsWith("{\"I\":\"2\",\"E\":\"Argument cannot be null or empty");
        }
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"JoinOther\",\"A\":[\"\",\"x\"],\"I\":3}"))
                .startsWith("{\"I\":\"3\",\"E\":\"Argument cannot be null or empty");
        assertThat(answer(client, "{\"H\":\"demo\",\"M\":\"Join\",\"A\":[\"half \\ud800\"],\"I\":4}"))
                .startsWith("{\"I\":\"4\",\"E\":\"");
    }

    // --- isolation ---

    @ParameterizedTest
    @EnumSource
    void v77_tokenOfAnotherConnectionOrNone_isNoGroup_andTheRequestWorks(TestTransport transport) {
        String room = room(transport, "v77");
        SignalRTestClient member = clients.start(server.client(transport).withHeader("X-User: member"));
        invoke(member, "join", room);
        String token = awaitGroupsToken(member, 1);

        for (String stolen :
                List.of(token, member.negotiation().connectionToken(), token.substring(1), "garbage", "\u00e9 %")) {
            SignalRTestClient stranger = clients.start(server.client(transport).withHeader("X-User: stranger"));
            stranger.drop();
            SignalRTestClient thief =
                    clients.comeBack(stranger, stranger.cursor().orElseThrow(), stolen);
            awaitEvents(thief, "connected", "reconnected");
            toGroup(room, "for members");
            toAll("end");
            assertThat(signalsUntil(thief, "end")).as(stolen).containsExactly("end");
            thief.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void groupNamedLikeAnId_isNoWayToItsMessages(TestTransport transport) {
        SignalRTestClient victim = started(transport);
        SignalRTestClient spy = started(transport);
        String id = victim.connectionId();
        for (String name : List.of(id, "c-" + id, "hc-demo." + id, "h-demo", "demo." + id, "hg-demo.x")) {
            invoke(spy, "join", name);
        }

        invoke(victim, "send", "caller", List.of(), List.of(), "private");
        toAll("end");

        assertThat(signalsUntil(victim, "end")).containsExactly("private", "end");
        assertThat(signalsUntil(spy, "end")).containsExactly("end");
    }

    @ParameterizedTest
    @EnumSource
    void groupOfOneHub_isNotTheGroupOfAnother(TestTransport transport) {
        String room = room(transport, "two hubs");
        SignalRTestClient client = clients.start(server.client(transport).withHubs("demo", "otherhub"));
        assertThat(client.invoke("otherhub", "join", room).error()).isEmpty();

        toGroup(room, "of demo");
        join(server.other().clients().group(room).invoke("signal", "of other"));

        assertThat(signalsUntil(client, "of other")).containsExactly("of other");
    }

    @ParameterizedTest
    @EnumSource
    void reconnectWithoutAHub_isNotInItsGroups(TestTransport transport) {
        String room = room(transport, "left hub");
        SignalRTestClient client = clients.start(server.client(transport).withHubs("demo", "otherhub"));
        invoke(client, "join", room);
        assertThat(client.invoke("otherhub", "join", room).error()).isEmpty();
        invoke(client, "send", "caller", List.of(), List.of(), "joined");
        signalsUntil(client, "joined");
        client.drop();

        SignalRTestClient back = clients.comeBack(
                client,
                server.client(transport).withHubs("demo"),
                client.cursor().orElseThrow(),
                client.groupsToken().orElseThrow());
        awaitEvents(back, "connected", "reconnected");
        join(server.other().clients().group(room).invoke("signal", "of other"));
        toGroup(room, "of demo");

        assertThat(signalsUntil(back, "of demo")).containsExactly("of demo");
    }

    // --- coming back ---

    @ParameterizedTest
    @EnumSource
    void oldToken_afterARemoval_isNoWayBack(TestTransport transport) {
        String room = room(transport, "old token");
        SignalRTestClient client = started(transport);
        invoke(client, "join", room);
        String oldToken = awaitGroupsToken(client, 1);
        String oldCursor = client.cursor().orElseThrow();
        invoke(client, "leave", room);
        awaitGroupsToken(client, 2);
        toAll("after the removal");
        signalsUntil(client, "after the removal");
        client.drop();

        SignalRTestClient withNewCursor =
                clients.comeBack(client, client.cursor().orElseThrow(), oldToken);
        awaitEvents(client, "connected", "reconnected");
        toGroup(room, "for members");
        toAll("end");
        assertThat(signalsUntil(withNewCursor, "end")).containsExactly("end");
        withNewCursor.drop();

        SignalRTestClient withOldCursor = clients.comeBack(client, oldCursor, oldToken);
        awaitEvents(client, "connected", "reconnected", "reconnected");
        toGroup(room, "for members");
        toAll("end of all");
        assertThat(signalsUntil(withOldCursor, "end of all")).containsExactly("after the removal", "end", "end of all");
        assertThat(groupsTokens(withOldCursor.frames())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void changesWhileTheClientIsAway_areInForceWhenItIsBack(TestTransport transport) {
        String left = room(transport, "left while away");
        String joined = room(transport, "joined while away");
        SignalRTestClient client = started(transport);
        invoke(client, "join", left);
        awaitGroupsToken(client, 1);
        client.drop();

        CompletionStage<Void> leaving = server.demo().groups().remove(client.connectionId(), left);
        CompletionStage<Void> joining = server.demo().groups().add(client.connectionId(), joined);
        toGroup(left, "not for us");
        toGroup(joined, "while away");
        client.reconnect();
        join(leaving);
        join(joining);
        awaitGroupsToken(client, 2);
        toGroup(joined, "back");

        assertThat(signalsUntil(client, "back")).containsExactly("while away", "back");
    }

    @ParameterizedTest
    @EnumSource
    void reconnect_doesNotRepeatTheToken_andNeedsItAgainTheNextTime(TestTransport transport) {
        String room = room(transport, "again");
        SignalRTestClient client = started(transport);
        invoke(client, "join", room);
        awaitGroupsToken(client, 1);

        for (int round = 0; round < 3; round++) {
            client.drop();
            client.reconnect();
            toGroup(room, "round " + round);
            signalsUntil(client, "round " + round);
        }

        assertThat(groupsTokens(client.frames())).hasSize(1);
    }
}
