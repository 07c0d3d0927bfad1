package io.hubwire.conformance;

import static io.hubwire.conformance.DemoClients.PATIENCE;
import static io.hubwire.conformance.DemoClients.awaitEvents;
import static io.hubwire.conformance.DemoClients.awaitGroupsToken;
import static io.hubwire.conformance.DemoClients.invoke;
import static io.hubwire.conformance.DemoClients.signals;
import static io.hubwire.conformance.DemoClients.signalsUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.bus.BusConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the server to clients (protocol §7, §18.5), without groups of their own right, which {@link GroupVectorsIT} has. */
class DeliveryVectorsIT {
    private static final int BUFFER = 64;
    private static DemoServer server;
    private final DemoClients clients = new DemoClients();

    @BeforeAll
    static void startServer() {
        BusConfig bus = BusConfig.forTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(20))
                .with()
                .messageBufferSize(BUFFER)
                .build();
        server = DemoServer.start(settings -> settings.bus(bus));
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

    private SignalRTestClient startedAs(TestTransport transport, String user) {
        return clients.start(server.client(transport).withHeader("X-User: " + user));
    }

    private static void signalAll(Object text) {
        server.demo()
                .clients()
                .all()
                .invoke("signal", text)
                .toCompletableFuture()
                .join();
    }

    /** Texts that no other test sends. */
    private static String unique(TestTransport transport, String text) {
        return text + " of " + transport;
    }

    // --- frames ---

    @ParameterizedTest
    @EnumSource
    void v67_all_isAFrameWithTheDeclaredNameOfTheHub(TestTransport transport) {
        SignalRTestClient client = clients.start(server.client(transport).withHubs("DEMO"));

        invoke(client, "send", "all", List.of(), List.of(), "g");

        client.awaitMessages(1);
        assertThat(client.frames())
                .filteredOn(frame -> !frame.messages().isEmpty())
                .extracting(frame -> frame.json().raw().replace(frame.cursor(), "<cur>"))
                .containsExactly("{\"C\":\"<cur>\",\"M\":[{\"H\":\"demo\",\"M\":\"signal\",\"A\":[\"g\"]}]}");
    }

    @ParameterizedTest
    @EnumSource
    void v67_argumentsOfEveryKind_asJson(TestTransport transport) {
        SignalRTestClient client = started(transport);

        server.demo()
                .clients()
                .client(client.connectionId())
                .invoke("multi", 1, "two", Map.of("Three", 3), null, true, new int[] {1, 2}, "<\u00e9\u2028>");
        server.demo().clients().client(client.connectionId()).invoke("noArgs");

        String tag = transport == TestTransport.FOREVER_FRAME ? "\\u003c\u00e9\\u2028\\u003e" : "<\u00e9\\u2028>";
        assertThat(client.awaitMessages(2))
                .extracting(JsonText::raw)
                .containsExactly(
                        "{\"H\":\"demo\",\"M\":\"multi\",\"A\":[1,\"two\",{\"Three\":3},null,true,[1,2],\"" + tag
                                + "\"]}",
                        "{\"H\":\"demo\",\"M\":\"noArgs\",\"A\":[]}");
    }

    // --- selectors ---

    /** Alice twice, Bob once; the first of Alice calls. Alice's first and Bob are in {@code x}, Alice's first and second in {@code y}. */
    private record Audience(SignalRTestClient caller, SignalRTestClient second, SignalRTestClient bob) {
        Map<String, SignalRTestClient> byName() {
            Map<String, SignalRTestClient> all = new LinkedHashMap<>();
            all.put("caller", caller);
            all.put("second", second);
            all.put("bob", bob);
            return all;
        }

        List<String> ids(SignalRTestClient... of) {
            return List.of(of).stream().map(SignalRTestClient::connectionId).toList();
        }
    }

    private Audience audience(TestTransport transport) {
        Audience audience = new Audience(
                startedAs(transport, "alice " + transport),
                startedAs(transport, "alice " + transport),
                startedAs(transport, "bob " + transport));
        invoke(audience.caller, "join", unique(transport, "x"));
        invoke(audience.bob, "join", unique(transport, "x"));
        invoke(audience.caller, "join", unique(transport, "y"));
        invoke(audience.second, "join", unique(transport, "y"));
        return audience;
    }

    /**
     * Sends through every selector, once by the hub and, where there is no caller in it, once by the hub's context, and at last an end mark to each; so that
     * what must not arrive would have arrived before.
     */
    @ParameterizedTest
    @EnumSource
    void v69_v70_v71_everySelector_reachesWhomItNamesAndNobodyElse(TestTransport transport) {
        Audience audience = audience(transport);
        String x = unique(transport, "x");
        String y = unique(transport, "y");
        String alice = "alice " + transport;
        String bob = "bob " + transport;
        String caller = audience.caller.connectionId();
        List<String> justBob = audience.ids(audience.bob);

        Map<String, Integer> selected = new LinkedHashMap<>(); // what is sent, and how many of its copies each gets
        Sender send = new Sender(audience, selected);
        send.byTheHub("caller", List.of(), List.of(), "caller");
        send.byTheHub("others", List.of(), List.of(), "second", "bob");
        send.byTheHub("othersInGroup", List.of(x), List.of(), "bob");
        send.byTheHub("othersInGroups", List.of(x, y), List.of(), "bob", "second");
        send.both("all", List.of(), List.of(), "caller", "second", "bob");
        send.both("allExcept", List.of(), justBob, "caller", "second");
        send.both("allExcept", List.of(), List.of(), "caller", "second", "bob");
        send.both("client", justBob, List.of(), "bob");
        send.both("clients", audience.ids(audience.bob, audience.second), List.of(), "bob", "second");
        send.both("clients", List.of(), List.of());
        send.both("group", List.of(x), List.of(), "caller", "bob");
        send.both("group", List.of(x), List.of(caller), "bob");
        send.both("group", List.of(x.toUpperCase(Locale.ROOT)), List.of());
        send.both("groups", List.of(x, y), List.of(), "caller", "caller", "bob", "second");
        send.both("groups", List.of(x, y), justBob, "caller", "caller", "second");
        send.both("groups", List.of(), List.of());
        send.both("user", List.of(alice), List.of(), "caller", "second");
        send.both("users", List.of(alice, bob), List.of(), "caller", "second", "bob");
        send.both("users", List.of(), List.of());
        send.both("user", List.of(""), List.of());
        send.both("user", List.of("nobody " + transport), List.of());
        signalAll(unique(transport, "end of selectors"));

        audience.byName().forEach((name, client) -> {
            List<String> received = signalsUntil(client, unique(transport, "end of selectors"));
            Map<String, Integer> counts = new LinkedHashMap<>();
            received.stream()
                    .filter(text -> text.startsWith(unique(transport, "selector")))
                    .forEach(text -> counts.merge(text, 1, Integer::sum));
            assertThat(counts).as(name).isEqualTo(send.expectedBy(name));
            assertThat(client.messages()).noneMatch(message -> message.has("S"));
        });
    }

    private static final class Sender {
        private final Audience audience;
        private final Map<String, Integer> expected; // by receiver and text
        private int number;

        Sender(Audience audience, Map<String, Integer> expected) {
            this.audience = audience;
            this.expected = expected;
        }

        void byTheHub(String selector, List<String> names, List<String> excluded, String... receivers) {
            String text = next(selector, receivers);
            invoke(audience.caller, "send", selector, names, excluded, text);
        }

        void both(String selector, List<String> names, List<String> excluded, String... receivers) {
            byTheHub(selector, names, excluded, receivers);
            String text = next(selector, receivers);
            DemoHub.send(server.demo().clients(), selector, names, excluded, text)
                    .toCompletableFuture()
                    .join();
        }

        private String next(String selector, String... receivers) {
            String text = unique(audience.caller.options().transport(), "selector") + " " + number++ + " " + selector;
            for (String receiver : receivers) {
                expected.merge(receiver + " " + text, 1, Integer::sum);
            }
            return text;
        }

        Map<String, Integer> expectedBy(String receiver) {
            Map<String, Integer> mine = new LinkedHashMap<>();
            expected.forEach((key, count) -> {
                if (key.startsWith(receiver + " ")) {
                    mine.put(key.substring(receiver.length() + 1), count);
                }
            });
            return mine;
        }
    }

    @ParameterizedTest
    @EnumSource
    void v71_user_isByExactName_onThisHubAlone(TestTransport transport) {
        String name = "Carol " + transport;
        SignalRTestClient carol = startedAs(transport, name);
        SignalRTestClient other = startedAs(transport, name.toUpperCase(Locale.ROOT));
        SignalRTestClient elsewhere =
                clients.start(server.client(transport).withHubs("otherhub").withHeader("X-User: " + name));

        server.demo().clients().user(name).invoke("signal", "for carol");
        signalAll("end");
        server.other().clients().all().invoke("signal", "end");

        assertThat(signalsUntil(carol, "end")).containsExactly("for carol", "end");
        assertThat(signalsUntil(other, "end")).containsExactly("end");
        assertThat(signalsUntil(elsewhere, "end")).containsExactly("end");
    }

    @ParameterizedTest
    @EnumSource
    void v72_clientOfOneHub_getsNothingOfAnother(TestTransport transport) {
        SignalRTestClient demo = started(transport);
        SignalRTestClient both = clients.start(server.client(transport).withHubs("demo", "otherhub"));

        server.other().clients().all().invoke("signal", "other");
        server.other().clients().client(demo.connectionId()).invoke("signal", "other");
        signalAll("demo");

        assertThat(signalsUntil(demo, "demo")).containsExactly("demo");
        assertThat(signalsUntil(both, "demo")).containsExactly("other", "demo");
        assertThat(both.messages())
                .extracting(message -> message.get("H").orElseThrow().text())
                .containsExactly("OtherHub", "demo");
    }

    @ParameterizedTest
    @EnumSource
    void exclusion_ofAConnection_ignoresTheCaseOfItsId(TestTransport transport) {
        SignalRTestClient client = started(transport);

        server.demo()
                .clients()
                .allExcept(client.connectionId().toUpperCase(Locale.ROOT))
                .invoke("signal", "not for you");
        signalAll("end");

        assertThat(signalsUntil(client, "end")).containsExactly("end");
    }

    // --- reconnects ---

    @ParameterizedTest
    @EnumSource
    void v76_reconnect_deliversWhatWasMissedInOrder_withoutInit_andTellsTheHubOnce(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String room = unique(transport, "room");
        invoke(client, "join", room);
        awaitGroupsToken(client, 1);
        client.drop();
        int before = client.frames().size();

        signalAll("1");
        server.demo().clients().group(room).invoke("signal", "2");
        signalAll("3");
        server.demo().clients().client(client.connectionId()).invoke("signal", "4");
        client.reconnect();

        assertThat(signals(client.awaitMessages(4))).containsExactly("1", "2", "3", "4");
        assertThat(client.frames().subList(before, client.frames().size()))
                .noneMatch(ReceivedFrame::init)
                .allMatch(frame -> frame.groupsToken().isEmpty());
        awaitEvents(client, "connected", "reconnected");
    }

    @ParameterizedTest
    @EnumSource
    void v78_reconnectWithAForeignCursor_goesOnFromNow_andTheHubIsTold(TestTransport transport) {
        for (String cursor : List.of("d-C6243495-A,0|B,0|C,1|D,0", "s-0,1F", "garbage", "d-")) {
            SignalRTestClient client = started(transport);
            client.drop();
            signalAll("missed");

            SignalRTestClient back = clients.comeBack(client, cursor, "");
            awaitEvents(back, "connected", "gap missing unknown", "reconnected missing unknown");
            signalAll("seen");

            assertThat(signalsUntil(back, "seen")).as(cursor).containsExactly("seen");
            back.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void v79_moreThanTheBufferHolds_theNewestRemain_andTheHubIsToldHowManyDoNot(TestTransport transport) {
        SignalRTestClient client = started(transport);
        invoke(client, "send", "caller", List.of(), List.of(), "before");
        client.awaitMessages(1);
        client.drop();

        for (int i = 0; i < BUFFER + 5; i++) {
            signalAll(i);
        }
        client.reconnect();

        List<String> received = signals(client.awaitMessages(1 + BUFFER));
        assertThat(received.subList(1, received.size()))
                .containsExactlyElementsOf(IntStream.range(5, BUFFER + 5)
                        .mapToObj(Integer::toString)
                        .toList());
        // The request that was dropped may have told of gaps as well, before its death was noticed. The one that came
        // back may have been quicker than its loop was with the
        // messages: then it is told of the gap after the reconnect.
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> told = List.copyOf(DemoHub.eventsOf(client.connectionId()));
            assertThat(told).contains("connected", "gap missing 5");
            if (!told.contains("reconnected missing 5")) {
                assertThat(told).containsSubsequence("reconnected", "gap missing 5");
            }
        });
    }

    // --- order ---

    @ParameterizedTest
    @EnumSource
    void v80_hundredSendsToOneSignal_arriveInOrder(TestTransport transport) {
        List<SignalRTestClient> all = List.of(started(transport), started(transport));
        List<String> expected =
                IntStream.range(0, 50).mapToObj(Integer::toString).toList();

        for (int half = 0; half < 2; half++) { // as many as the buffer holds at a time
            invoke(all.get(0), "signalMany", 50);
            for (SignalRTestClient client : all) {
                List<String> received = signals(client.awaitMessages(50 * (half + 1)));
                assertThat(received.subList(50 * half, received.size())).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsToSeveralSignals_arriveInTheOrderOfTheirSender(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String room = unique(transport, "ways");
        invoke(client, "join", room);

        invoke(client, "signalManyWays", room, 90);

        assertThat(signals(client.awaitMessages(90)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 90).mapToObj(Integer::toString).toList());
    }

    @ParameterizedTest
    @EnumSource
    void messageSentBeforeTheResult_andTheResult_bothArriveWhole(TestTransport transport) {
        SignalRTestClient client = started(transport);
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 30; i++) {
            assertThat(invoke(client, "signalCallerAndReturn", i).result()).hasValue(Integer.toString(i));
            expected.add(Integer.toString(i));
        }
        List<String> received = signals(client.awaitMessages(30));
        assertThat(received).hasSameElementsAs(expected).hasSize(30);
        assertThat(received).isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
    }
}
