package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The clients of one test: what they do, in the words of the vectors. Closed with the test, which also checks that they could read all they got. */
final class DemoClients implements AutoCloseable {
    /** For what must happen, on the slowest machine. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<SignalRTestClient> clients = new ArrayList<>();

    /* --- their lives --- */

    /** Negotiates, connects and starts. */
    SignalRTestClient start(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.start(options);
        clients.add(client);
        return client;
    }

    /** One that has not sent anything yet. */
    SignalRTestClient create(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.create(options);
        clients.add(client);
        return client;
    }

    /** The same connection, back with this cursor and groups token instead of its own. */
    SignalRTestClient comeBack(SignalRTestClient gone, String cursor, String groupsToken) {
        return comeBack(gone, gone.options(), cursor, groupsToken);
    }

    /** The same connection with other options, for instance at another node. */
    SignalRTestClient comeBack(SignalRTestClient gone, ClientOptions options, String cursor, String groupsToken) {
        SignalRTestClient back = create(options);
        back.adopt(gone.negotiation());
        back.resumeFrom(cursor, groupsToken);
        back.reconnect();
        return back;
    }

    static void awaitEvents(SignalRTestClient client, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(DemoHub.eventsOf(client.connectionId()))
                .containsExactly(expected));
    }

    /** The newest groups token, once the client has one that it did not have before. */
    static String awaitGroupsToken(SignalRTestClient client, int number) {
        client.awaitFrames(frames -> groupsTokens(frames).size() >= number, "groups token " + number);
        return groupsTokens(client.frames()).get(number - 1);
    }

    static List<String> groupsTokens(List<ReceivedFrame> frames) {
        return frames.stream().flatMap(frame -> frame.groupsToken().stream()).toList();
    }

    /* --- calls --- */

    /** Calls a method of {@code demo}; it must not fail. */
    static HubResponse invoke(SignalRTestClient client, String method, Object... arguments) {
        HubResponse response = client.invoke("demo", method, arguments);
        assertThat(response.error()).isEmpty();
        return response;
    }

    /** Sends a call as it is and returns the answer as it is: the next text that is no frame, or the body of a 200. */
    static String answer(SignalRTestClient client, String call) {
        if (client.options().transport() == TestTransport.WEB_SOCKETS) {
            RawWebSocket socket = client.webSocket().orElseThrow();
            int before = answers(socket.texts()).size();
            socket.sendText(call);
            assertThat(socket.awaitTexts(texts -> answers(texts).size() > before, PATIENCE))
                    .as("an answer to %s", call)
                    .isTrue();
            return answers(socket.texts()).get(before);
        }
        RawExchange exchange = post(client, call);
        assertThat(exchange.status()).as(call).isEqualTo(200);
        assertThat(exchange.head().orElseThrow().first("Content-Type")).hasValueSatisfying(type -> assertThat(type)
                .isEqualToIgnoringWhitespace("application/json; charset=UTF-8"));
        return exchange.body();
    }

    /** What is neither frame nor keep-alive. */
    static List<String> answers(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.startsWith("{\"C\":") && !text.equals("{}"))
                .toList();
    }

    /** Posts a call by the form that browsers send. */
    static RawExchange post(SignalRTestClient client, String call) {
        return send(client, RawHttpRequest.form(sendTarget(client), "data=" + encode(call)));
    }

    /** Sends any request of the client. */
    static RawExchange send(SignalRTestClient client, RawHttpRequest request) {
        return client.options().http().call(request.headers(client.options().headers()), PATIENCE);
    }

    static String sendTarget(SignalRTestClient client) {
        ClientOptions options = client.options();
        return options.path() + "/send?clientProtocol=2.1&transport="
                + options.transport().wireName() + "&connectionToken="
                + encode(client.negotiation().connectionToken()) + "&connectionData="
                + encode(options.connectionData());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /* --- messages --- */

    /** The arguments of {@code signal}, in the order in which they came. */
    static List<String> signals(List<JsonText> messages) {
        return messages.stream()
                .filter(message -> message.get("M").orElseThrow().text().equals("signal"))
                .map(message -> message.get("A").orElseThrow().elements().get(0))
                .map(argument -> argument.kind() == JsonText.Kind.STRING ? argument.text() : argument.raw())
                .toList();
    }

    /** Waits for the signal {@code last} and returns all up to there. */
    static List<String> signalsUntil(SignalRTestClient client, String last) {
        return signals(client.awaitMessages(messages -> signals(messages).contains(last), "signal " + last));
    }

    @Override
    public void close() {
        clients.forEach(SignalRTestClient::close);
        assertThat(clients).allSatisfy(client -> assertThat(client.unreadable()).isEmpty());
    }
}
