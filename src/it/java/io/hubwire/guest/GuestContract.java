package io.hubwire.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every application with {@link io.hubwire.guest.app.GuestHub} does for clients, seen over the wire alone. A subclass says which there are, by a static method
 * {@code places}.
 */
abstract class GuestContract {
    private static final String HUB = "guest";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MANY = 100;

    private final List<SignalRTestClient> clients = new ArrayList<>();

    /**
     * One way to an application.
     *
     * @param application its context path, without the slash
     */
    record Place(String application, TestTransport transport) {

        static Stream<Place> overAllTransports(String application) {
            return Stream.of(TestTransport.values()).map(transport -> new Place(application, transport));
        }

        @Override
        public String toString() {
            return application + " over " + transport.wireName();
        }
    }

    /** Where the server listens that has the applications. */
    abstract RawHttpClient server();

    /** To the hubs of an application. */
    final ClientOptions options(Place place) {
        return new ClientOptions(
                server(),
                "/" + place.application() + "/signalr",
                place.transport(),
                List.of(HUB),
                "2.1",
                Map.of(),
                List.of(),
                true,
                PATIENCE);
    }

    @AfterEach
    void leave() {
        clients.forEach(client -> {
            client.close();
            client.abort();
        });
        assertThat(clients).allSatisfy(client -> assertThat(client.unreadable()).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void start_raisesConnected_andCallsAreAnswered(Place place) {
        SignalRTestClient client = started(place);

        assertThat(JsonText.parse(invoke(client, "Echo", "a+b <é> \u2028")
                                .result()
                                .orElseThrow())
                        .text())
                .isEqualTo("a+b <é> \u2028");
        assertThat(invoke(client, "mirror", Map.of("x", 1, "y", 2)).result()).contains("{\"x\":2,\"y\":1}");
        assertThat(events(client)).containsExactly("connected");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void push_reachesWhomItIsFor_inOrder(Place place) {
        SignalRTestClient alice = started(place);
        SignalRTestClient bob = started(place);

        invoke(alice, "toOthers", "others");
        invoke(alice, "announce", "from outside of a call");
        for (int i = 0; i < MANY; i++) {
            invoke(alice, "toAll", Integer.toString(i));
        }

        List<String> numbers =
                IntStream.range(0, MANY).mapToObj(Integer::toString).toList();
        assertThat(texts(alice.awaitMessages(1 + MANY)))
                .startsWith("from outside of a call")
                .endsWith(numbers.toArray(new String[0]))
                .hasSize(1 + MANY);
        assertThat(texts(bob.awaitMessages(2 + MANY)))
                .startsWith("others", "from outside of a call")
                .endsWith(numbers.toArray(new String[0]))
                .hasSize(2 + MANY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void group_delivers_betweenJoinAndLeave(Place place) {
        SignalRTestClient client = started(place);

        invoke(client, "join", "room");
        invoke(client, "toGroup", "room", "in");
        client.awaitMessages(1);
        invoke(client, "leave", "room");
        invoke(client, "toGroup", "room", "out");
        invoke(client, "toCaller", "end");

        assertThat(texts(client.awaitMessages(2))).containsExactly("in", "end");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void reconnect_withItsCursor_getsWhatItMissed_andIsInItsGroups(Place place) {
        SignalRTestClient client = started(place);
        SignalRTestClient sender = started(place);
        invoke(client, "join", "room");
        client.awaitFrames(
                frames -> frames.stream().anyMatch(frame -> frame.groupsToken().isPresent()), "a groups token");
        client.drop();
        int framesBefore = client.frames().size();

        invoke(sender, "toAll", "1");
        invoke(sender, "toGroup", "room", "2");
        invoke(sender, "toAll", "3");
        client.reconnect();

        assertThat(texts(client.awaitMessages(3))).containsExactly("1", "2", "3");
        assertThat(client.frames().subList(framesBefore, client.frames().size()))
                .noneMatch(ReceivedFrame::init);
        awaitEvents(place, client, "connected", "reconnected");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void abort_endsTheChannel_andRaisesDisconnectedOnce(Place place) {
        SignalRTestClient client = started(place);

        client.abort();
        client.abort();

        awaitEvents(place, client, "connected", "disconnected true");
    }

    /** Negotiated, connected and started; aborted after the test. */
    final SignalRTestClient started(Place place) {
        return started(options(place));
    }

    final SignalRTestClient started(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.start(options);
        clients.add(client);
        return client;
    }

    /** Calls the hub; the call must succeed. */
    static HubResponse invoke(SignalRTestClient client, String method, Object... arguments) {
        HubResponse response = client.invoke(HUB, method, arguments);
        assertThat(response.error()).isEmpty();
        return response;
    }

    /** The first arguments of calls. */
    static List<String> texts(List<JsonText> messages) {
        return messages.stream()
                .map(message -> message.get("A").orElseThrow().elements().get(0).text())
                .toList();
    }

    private void awaitEvents(Place place, SignalRTestClient client, String... expected) {
        SignalRTestClient witness = started(place);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(witness, client.connectionId()))
                .containsExactly(expected));
    }

    private static List<String> events(SignalRTestClient client) {
        return events(client, client.connectionId());
    }

    private static List<String> events(SignalRTestClient witness, String connectionId) {
        String told = invoke(witness, "eventsOf", connectionId).result().orElseThrow();
        return JsonText.parse(told).elements().stream().map(JsonText::text).toList();
    }
}
