package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.SignalRTestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/**
 * What has to hold wherever a server runs, whatever the application: a contract lists these for the sites that it knows, beside what is its own. Needs a hub that notes its
 * events and has {@code echo}, {@code toCaller}, {@code toGroup}, {@code join} and {@code leave}.
 */
public abstract class ClientScenarios {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<SignalRTestClient> clients = new ArrayList<>();

    /**
     * An application as a test reaches it.
     *
     * @param options to its hub, over the transport under test
     * @param eventsOf what the hub was told of a connection so far, oldest first
     * @param tellAll calls {@code message} on all clients, and returns when that is published
     * @param tellGroup calls {@code message} on a group, and returns when that is published
     */
    public record Site(
            ClientOptions options,
            Function<String, List<String>> eventsOf,
            Consumer<String> tellAll,
            BiConsumer<String, String> tellGroup) {}

    @AfterEach
    void closeClients_theyCouldReadEverything() {
        clients.forEach(SignalRTestClient::close);
        assertThat(clients).allSatisfy(client -> assertThat(client.unreadable()).isEmpty());
    }

    // --- scenarios ---

    protected final void callIsAnswered(Site site) {
        SignalRTestClient client = started(site.options());

        String answer = invoke(client, "Echo", "a+b <é> \u2028").result().orElseThrow();

        assertThat(JsonText.parse(answer).text()).isEqualTo("a+b <é> \u2028");
    }

    protected final void groupDeliversBetweenJoinAndLeave(Site site) {
        SignalRTestClient client = started(site.options());

        invoke(client, "join", "room");
        invoke(client, "toGroup", "room", "in");
        client.awaitMessages(1);
        invoke(client, "leave", "room");
        invoke(client, "toGroup", "room", "out");
        invoke(client, "toCaller", "end");

        assertThat(texts(client.awaitMessages(2))).containsExactly("in", "end");
    }

    protected final void reconnectDeliversWhatWasMissed(Site site) {
        SignalRTestClient client = started(site.options());
        invoke(client, "join", "room");
        awaitGroupsToken(client);
        client.drop();
        int framesBefore = client.frames().size();

        site.tellAll().accept("1");
        site.tellGroup().accept("room", "2");
        site.tellAll().accept("3");
        client.reconnect();

        assertThat(texts(client.awaitMessages(3))).containsExactly("1", "2", "3");
        assertThat(client.frames().subList(framesBefore, client.frames().size()))
                .noneMatch(ReceivedFrame::init);
        awaitEvents(site, client, "connected", "reconnected");
    }

    protected final void abortEndsTheChannelOnce(Site site) {
        SignalRTestClient client = started(site.options());

        client.abort();
        client.abort();

        awaitEvents(site, client, "connected", "disconnected true");
    }

    // --- words ---

    /** All that the test has made. */
    protected final List<SignalRTestClient> clients() {
        return clients;
    }

    /** Negotiated, connected and started. */
    protected final SignalRTestClient started(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.start(options);
        clients.add(client);
        return client;
    }

    protected final SignalRTestClient created(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.create(options);
        clients.add(client);
        return client;
    }

    /** Calls the client's hub; the call must succeed. */
    protected static HubResponse invoke(SignalRTestClient client, String method, Object... arguments) {
        HubResponse response = client.invoke(client.options().hubs().get(0), method, arguments);
        assertThat(response.error()).isEmpty();
        return response;
    }

    protected static void awaitGroupsToken(SignalRTestClient client) {
        client.awaitFrames(
                frames -> frames.stream().anyMatch(frame -> frame.groupsToken().isPresent()), "a groups token");
    }

    protected static void awaitEvents(Site site, SignalRTestClient client, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(site.eventsOf().apply(client.connectionId()))
                .containsExactly(expected));
    }

    /** The first arguments of calls. */
    protected static List<String> texts(List<JsonText> messages) {
        return messages.stream()
                .map(message -> message.get("A").orElseThrow().elements().get(0).text())
                .toList();
    }
}
