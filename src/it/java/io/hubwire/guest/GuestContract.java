package io.hubwire.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.contract.ClientScenarios;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
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
abstract class GuestContract extends ClientScenarios {
    private static final String HUB = "guest";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MANY = 100;

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

    /** What no client can tell is asked through another one. */
    private Site site(Place place) {
        SignalRTestClient witness = started(place);
        return new Site(
                options(place),
                connectionId -> events(witness, connectionId),
                text -> invoke(witness, "toAll", text),
                (group, text) -> invoke(witness, "toGroup", group, text));
    }

    @AfterEach
    void leave() {
        clients().forEach(client -> {
            client.close();
            client.abort();
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void start_raisesConnected(Place place) {
        SignalRTestClient client = started(place);

        assertThat(events(client, client.connectionId())).containsExactly("connected");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void call_isAnswered_alsoWithValuesBoundWithoutJsonB(Place place) {
        callIsAnswered(site(place));

        assertThat(invoke(clients().get(0), "mirror", Map.of("x", 1, "y", 2)).result())
                .contains("{\"x\":2,\"y\":1}");
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
        groupDeliversBetweenJoinAndLeave(site(place));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void reconnect_withItsCursor_getsWhatItMissed_andIsInItsGroups(Place place) {
        reconnectDeliversWhatWasMissed(site(place));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void abort_endsTheChannel_andRaisesDisconnectedOnce(Place place) {
        abortEndsTheChannelOnce(site(place));
    }

    /** Aborted after the test. */
    final SignalRTestClient started(Place place) {
        return started(options(place));
    }

    private static List<String> events(SignalRTestClient witness, String connectionId) {
        String told = invoke(witness, "eventsOf", connectionId).result().orElseThrow();
        return JsonText.parse(told).elements().stream().map(JsonText::text).toList();
    }
}
