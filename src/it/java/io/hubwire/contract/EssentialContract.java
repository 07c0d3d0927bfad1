package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What has to hold wherever the server runs: as a part of the test, on two nodes, or deployed to a server that the test sees from outside only. Calls {@link
 * ContractHub}.
 */
abstract class EssentialContract extends ClientScenarios {
    static final String HUB = "ContractHub";
    private static final Duration SHORT = Duration.ofMillis(300);

    abstract TestTransport transport();

    /** To the server under test, with its transport and the contract's hub. */
    abstract ClientOptions options();

    /** What the hub was told of a connection so far, oldest first. */
    abstract List<String> eventsOf(String connectionId);

    /** Calls {@code message} on all clients, and returns when that is published. */
    abstract void tellAll(String text);

    /** Calls {@code message} on a group, and returns when that is published. */
    abstract void tellGroup(String group, String text);

    private Site site() {
        return new Site(options(), this::eventsOf, this::tellAll, this::tellGroup);
    }

    @Test
    void connect_delayedStart_raisesConnectedInStartAlone() {
        SignalRTestClient client = created(options());
        client.negotiate();
        client.connect();
        assertThat(events(client)).isEmpty();

        client.start();

        assertThat(events(client)).containsExactly("connected");
    }

    @Test
    void connect_again_endsTheFirstRequestAndInitializesTheSecond() {
        SignalRTestClient first = created(options().withManualPolling());
        first.negotiate();
        first.connect();
        first.start();
        if (transport() == TestTransport.LONG_POLLING) {
            first.openPoll();
            assertThat(first.exchange().orElseThrow().awaitHead(first.options().patience()))
                    .isTrue();
        }
        SignalRTestClient second = created(options());
        second.adopt(first.negotiation());

        second.connect();

        first.awaitChannelEnd();
        assertThat(events(first)).containsExactly("connected");
        assertThat(invoke(second, "echo", "x").result()).contains("\"x\"");
    }

    @Test
    void invoke_answersWithTheResult() {
        callIsAnswered(site());
    }

    @Test
    void queryValue_withReservedCharacters_isWhatTheClientMeant() {
        String meant = "a&b=c+d e%2Bf;g?h#é[{\"i\"}]";
        SignalRTestClient client = started(options().withQuery("own", meant));

        String received = invoke(client, "queryValue", "own")
                .result()
                .map(JsonText::parse)
                .orElseThrow()
                .text();

        assertThat(received).isEqualTo(meant);
    }

    @Test
    void toAll_reachesEveryone_underTheDeclaredHubName() {
        SignalRTestClient alice = started();
        SignalRTestClient bob = started();

        invoke(alice, "toAll", "hello");

        for (SignalRTestClient client : List.of(alice, bob)) {
            assertThat(client.awaitMessages(1))
                    .extracting(JsonText::raw)
                    .containsExactly("{\"H\":\"ContractHub\",\"M\":\"message\",\"A\":[\"hello\"]}");
        }
    }

    @Test
    void toOthers_leavesTheCallerOut() {
        SignalRTestClient alice = started();
        SignalRTestClient bob = started();

        invoke(alice, "toOthers", "hello");

        bob.awaitMessages(1);
        assertThat(alice.receivesNothing(message -> true, SHORT)).isTrue();
    }

    @Test
    void largeMessage_arrivesWhole() {
        SignalRTestClient client = started();

        invoke(client, "repeatToCaller", "é", 200_000);

        assertThat(client.awaitCall(HUB, "message").get(0).text()).isEqualTo("é".repeat(200_000));
    }

    @Test
    void group_afterJoin_delivers_andAfterLeaveNoMore() {
        groupDeliversBetweenJoinAndLeave(site());
    }

    @Test
    void join_twice_deliversOnce() {
        SignalRTestClient client = started();

        invoke(client, "join", "room");
        invoke(client, "join", "room");
        invoke(client, "toGroup", "room", "once");
        invoke(client, "toCaller", "end");

        assertThat(texts(client.awaitMessages(2))).containsExactly("once", "end");
    }

    @Test
    void join_givesTheClientATokenForTheGroup() {
        SignalRTestClient client = started();

        invoke(client, "join", "room");

        awaitGroupsToken(client);
    }

    @Test
    void groupName_ofAConnectionIsNoWayToItsMessages() {
        SignalRTestClient client = started();
        SignalRTestClient stranger = started();

        invoke(stranger, "join", client.connectionId());
        invoke(stranger, "join", "c-" + client.connectionId());
        invoke(client, "toCaller", "private");
        client.awaitMessages(1);

        assertThat(stranger.receivesNothing(message -> true, SHORT)).isTrue();
    }

    @Test
    void reconnect_deliversWhatWasMissed_inOrder_withoutInit() {
        reconnectDeliversWhatWasMissed(site());
    }

    @Test
    void reconnect_withAStrangersGroupsToken_isInNoGroup() {
        SignalRTestClient member = started();
        invoke(member, "join", "room");
        awaitGroupsToken(member);
        SignalRTestClient stranger = started();
        stranger.drop();

        SignalRTestClient thief =
                created(options().withQuery("groupsToken", member.groupsToken().orElseThrow()));
        thief.adopt(stranger.negotiation());
        thief.reconnect();
        awaitEvents(thief, "connected", "reconnected");
        invoke(member, "toGroup", "room", "for members");
        member.awaitMessages(1);

        assertThat(thief.receivesNothing(message -> true, SHORT)).isTrue();
    }

    @Test
    void reconnect_withAnUnreadableCursor_goesOnFromNow_andSaysSo() {
        SignalRTestClient client = started();
        client.drop();
        tellAll("missed");

        SignalRTestClient back = created(options().withQuery("messageId", "d-C6243495-A,0|B,0"));
        back.adopt(client.negotiation());
        back.reconnect();
        await().atMost(options().patience())
                .untilAsserted(() -> assertThat(events(back)).contains("reconnected with a gap of unknown size"));
        tellAll("seen");

        assertThat(texts(back.awaitMessages(1))).containsExactly("seen");
    }

    @Test
    void abort_endsTheChannel_andRaisesDisconnectedOnce() {
        abortEndsTheChannelOnce(site());
    }

    @Test
    void abort_afterTheClientHasClosed_raisesDisconnectedAsStopped() {
        SignalRTestClient client = started();

        client.drop();
        client.abort();
        client.abort(); // on a farm: the other node, which may be the one that has noticed the client's leave

        awaitEvents(client, "connected", "disconnected true");
    }

    // --- words ---

    final SignalRTestClient started() {
        return started(options());
    }

    final List<String> events(SignalRTestClient client) {
        return eventsOf(client.connectionId());
    }

    final void awaitEvents(SignalRTestClient client, String... expected) {
        awaitEvents(site(), client, expected);
    }
}
