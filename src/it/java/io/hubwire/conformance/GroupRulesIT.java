package io.hubwire.conformance;

import static io.hubwire.conformance.DemoClients.answer;
import static io.hubwire.conformance.DemoClients.awaitEvents;
import static io.hubwire.conformance.DemoClients.invoke;
import static io.hubwire.conformance.DemoClients.signalsUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.SharedLog;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.bus.BusException;
import io.hubwire.signalr.bus.OverflowPolicy;
import io.hubwire.signalr.connection.ConnectionConfig;
import io.hubwire.signalr.hub.GroupRejoiner;
import io.hubwire.signalr.hub.HubPipelineModule;
import io.hubwire.signalr.security.KeyRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What bounds the groups of a connection (protocol §8.2, §8.4): how many there may be, how long a join waits, who comes back into which; on two nodes over one
 * log.
 */
class GroupRulesIT {
    private static final int MOST = 3;
    private static final KeyRing KEYS = KeyRing.random();
    private static SharedLog log;
    private static DemoServer here;
    private static DemoServer there;
    private final DemoClients clients = new DemoClients();

    @BeforeAll
    static void startNodes() {
        log = new SharedLog(20_240_102);
        here = DemoServer.start(log.node(), GroupRulesIT::configure, new Doorman());
        there = DemoServer.start(log.node(), GroupRulesIT::configure, new Doorman());
    }

    private static void configure(SignalRConfig.Builder settings) {
        settings.keys(KEYS)
                .connections(new ConnectionConfig(16, 64, 100, 5000, MOST, OptionalInt.empty(), OverflowPolicy.SKIP))
                .bus(BusConfig.forTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(20))
                        .with()
                        .acknowledgementTimeout(Duration.ofSeconds(4))
                        .sweepInterval(Duration.ofMillis(500))
                        .build());
    }

    @AfterAll
    static void stopNodes() {
        here.close();
        there.close();
        log.close();
    }

    @AfterEach
    void closeClients() {
        clients.close();
    }

    /** Lets nobody back into groups whose names begin with {@code closed}, and tries to push everybody into {@code open door}. */
    private static final class Doorman extends HubPipelineModule {
        @Override
        public GroupRejoiner buildRejoiningGroups(GroupRejoiner next) {
            return (hub, request, groups) -> {
                if (request.query().get("failRejoin").isPresent()) {
                    throw new IllegalStateException("planted");
                }
                List<String> allowed = new ArrayList<>(next.rejoin(hub, request, groups).stream()
                        .filter(group -> !group.startsWith("closed"))
                        .toList());
                allowed.add("open door");
                return allowed;
            };
        }
    }

    private SignalRTestClient started(TestTransport transport) {
        return clients.start(here.client(transport));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(DemoClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static void toGroup(String group, String text) {
        join(there.demo().clients().group(group).invoke("signal", text));
    }

    private static void toAll(String text) {
        join(there.demo().clients().all().invoke("signal", text));
    }

    /** Drops the client once it has heard of all its groups, and brings it back at the other node. */
    private SignalRTestClient moved(SignalRTestClient client) {
        invoke(client, "send", "caller", List.of(), List.of(), "moving");
        signalsUntil(client, "moving");
        client.drop();
        SignalRTestClient back = clients.comeBack(
                client,
                there.client(client.options().transport()),
                client.cursor().orElseThrow(),
                client.groupsToken().orElseThrow());
        awaitEvents(back, "connected", "reconnected");
        return back;
    }

    private static String room(TestTransport transport, int number) {
        return "room " + number + " of " + transport;
    }

    // --- how many ---

    @ParameterizedTest
    @EnumSource
    void maxGroups_oneMore_isRefusedByNumber_onEveryNodeAndAfterAReconnect(TestTransport transport) {
        SignalRTestClient client = started(transport);
        for (int i = 1; i <= MOST; i++) {
            invoke(client, "join", room(transport, i));
        }
        String refusal = "A connection can be in at most 3 groups; this one would be in 4.";

        assertThat(client.invoke("demo", "join", room(transport, 4)).error()).hasValue(refusal);
        assertRefused(there.demo().groups().add(client.connectionId(), room(transport, 4)), refusal);
        invoke(client, "join", room(transport, MOST)); // again is no more
        SignalRTestClient back = moved(client);
        assertThat(back.invoke("demo", "join", room(transport, 4)).error()).hasValue(refusal);
        assertRefused(here.demo().groups().add(client.connectionId(), room(transport, 4)), refusal);
        for (int i = 1; i <= MOST + 1; i++) {
            toGroup(room(transport, i), "to room " + i);
        }
        invoke(back, "leave", room(transport, 1));
        invoke(back, "join", room(transport, 4));
        toGroup(room(transport, 4), "at last");
        assertThat(signalsUntil(back, "at last")).containsExactly("to room 1", "to room 2", "to room 3", "at last");
    }

    @ParameterizedTest
    @EnumSource
    void groupsToken_oneByteTooLong_isRefusedByNumber_andTheLongestOneBringsTheClientBack(TestTransport transport) {
        SignalRTestClient client = started(transport);
        invoke(client, "join", room(transport, 1));
        int length = longestThatFits(client, transport);

        SignalRTestClient back = moved(client);
        toGroup(longName(transport, length), "to the long one");
        assertThat(signalsUntil(back, "to the long one")).containsExactly("to the long one");
        assertRefused(
                here.demo().groups().add(client.connectionId(), "x"),
                "The groups of a connection can take at most 12288 bytes of its groups token");
    }

    /** Joins and leaves by halving, until one character more is refused. */
    private static int longestThatFits(SignalRTestClient client, TestTransport transport) {
        int fits = 10_000;
        int tooLong = 12_288;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            CompletableFuture<Void> joined = there.demo()
                    .groups()
                    .add(client.connectionId(), longName(transport, middle))
                    .toCompletableFuture();
            try {
                join(joined);
                fits = middle;
                join(there.demo().groups().remove(client.connectionId(), longName(transport, middle)));
            } catch (CompletionException refused) {
                assertThat(refused)
                        .hasCauseInstanceOf(BusException.class)
                        .hasMessageContaining("at most 12288 bytes")
                        .hasMessageMatching(".*would take 1[23]\\d{3}\\.");
                tooLong = middle;
            }
        }
        join(there.demo().groups().add(client.connectionId(), longName(transport, fits)));
        return fits;
    }

    private static String longName(TestTransport transport, int length) {
        return transport + "-" + "z".repeat(length - transport.name().length() - 1);
    }

    private static void assertRefused(CompletionStage<Void> joining, String text) {
        assertThat(joining.toCompletableFuture())
                .failsWithin(DemoClients.PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(BusException.class)
                .withMessageContaining(text);
    }

    // --- how long ---

    @ParameterizedTest
    @EnumSource
    void joinOfAConnectionThatIsNotThere_isCancelledAtTheLimit(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String call = "{\"H\":\"demo\",\"M\":\"JoinOther\",\"A\":[\"nobody\",\"x\"],\"I\":0}";
        CompletableFuture<Void> outside =
                there.demo().groups().add("nobody", "x").toCompletableFuture();

        assertThat(answer(client, call)).isEqualTo("{\"I\":\"0\",\"E\":\"A task was canceled.\"}");
        assertThat(outside).failsWithin(DemoClients.PATIENCE);
        assertThat(outside).isCompletedExceptionally();
    }

    // --- who comes back ---

    @ParameterizedTest
    @EnumSource
    void rejoinHook_decidesWhichGroupsOfTheTokenAreJoinedAgain(TestTransport transport) {
        SignalRTestClient client = started(transport);
        String closed = "closed " + transport;
        invoke(client, "join", room(transport, 1));
        invoke(client, "join", closed);

        SignalRTestClient back = moved(client);
        toGroup(closed, "not for us");
        toGroup("open door", "not for us either");
        toGroup(room(transport, 1), "for us");
        toAll("end");

        assertThat(signalsUntil(back, "end")).containsExactly("for us", "end");
    }

    @ParameterizedTest
    @EnumSource
    void rejoinHook_thatThrows_failsTheRequestAndNothingElse(TestTransport transport) {
        SignalRTestClient client = started(transport);
        invoke(client, "join", room(transport, 1));
        invoke(client, "send", "caller", List.of(), List.of(), "joined");
        signalsUntil(client, "joined");
        client.drop();

        SignalRTestClient failing = clients.comeBack(
                client,
                there.client(transport).withQuery("failRejoin", "1"),
                client.cursor().orElseThrow(),
                client.groupsToken().orElseThrow());
        failing.awaitChannelEnd();
        assertThat(failing.frames()).isEmpty();

        SignalRTestClient back = clients.comeBack(
                client,
                there.client(transport),
                client.cursor().orElseThrow(),
                client.groupsToken().orElseThrow());
        toGroup(room(transport, 1), "back");
        assertThat(signalsUntil(back, "back")).containsExactly("back");
    }
}
