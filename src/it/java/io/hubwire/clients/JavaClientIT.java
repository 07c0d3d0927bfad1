package io.hubwire.clients;

import static io.hubwire.clients.Story.patiently;
import static org.awaitility.Awaitility.await;

import com.github.signalr4j.client.NullLogger;
import com.github.signalr4j.client.Platform;
import com.github.signalr4j.client.http.HttpConnection;
import com.github.signalr4j.client.http.HttpConnectionFuture;
import com.github.signalr4j.client.transport.ClientTransport;
import com.github.signalr4j.client.transport.LongPollingTransport;
import com.github.signalr4j.client.transport.ServerSentEventsTransport;
import com.github.signalr4j.client.transport.WebsocketTransport;
import io.hubwire.kit.CuttableLink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** signalr4j over each of its transports. */
class JavaClientIT {
    private StoryHost host;
    private CuttableLink link;

    @BeforeEach
    void start() {
        host = StoryHost.start();
        link = CuttableLink.to(host.port());
    }

    @AfterEach
    void end() {
        link.close();
        host.close();
    }

    @Test
    void story_overWebSockets_isLived() {
        Story story = tell(new WebsocketTransport(new NullLogger(), abortsAwaited()));

        patiently("the hub to have heard of the return").until(() -> story.times("reconnected") > 0);
    }

    @Test
    void story_overServerSentEvents_isLived() {
        Story story = tell(new ServerSentEventsTransport(new NullLogger(), abortsAwaited()));

        patiently("the hub to have heard of the return").until(() -> story.times("reconnected") > 0);
    }

    /** Without the loss: the JDK repeats a poll that was reset, and what the client does then depends on who was quicker. */
    @Test
    void start_call_receive_leave_stop_overLongPolling() {
        String teller = "signalr4j-longPolling";
        Story story = new Story(host, link, teller, "longPolling");
        try (JavaClient client = new JavaClient(link.port(), teller, new LongPollingTransport(new NullLogger()))) {
            story.begin(client);
            client.invoke("leave", teller);
            host.toGroup(teller, "for those who are left");
            host.toAll(teller, "the end");
            story.awaitReceived(client, "to all", "to the group", "the end");

            client.stop();

            story.awaitEvents(List.of("connected", "stopped"));
        }
    }

    private Story tell(ClientTransport transport) {
        String teller = "signalr4j-" + transport.getName();
        Story story = new Story(host, link, teller, transport.getName());
        try (JavaClient client = new JavaClient(link.port(), teller, transport)) {
            story.tellWithAborts(client);
        }
        return story;
    }

    /**
     * The client aborts before each reconnect, but goes on without waiting. When the server hears of it too late, it ends what has just come back, and
     * the client notices after twenty seconds. Here the network is one on which the first request arrives first.
     */
    private static HttpConnection abortsAwaited() {
        HttpConnection connection = Platform.createDefaultHttpConnection(new NullLogger());
        return (request, callback) -> {
            HttpConnectionFuture answer = connection.execute(request, callback);
            if (request.getUrl().contains("/abort?")) {
                await("the answer to the abort")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> answer.isDone() || answer.errorWasTriggered());
            }
            return answer;
        };
    }
}
