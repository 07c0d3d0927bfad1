package io.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.CuttableLink;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The npm package signalr-client. */
class NodeClientIT {
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
    void start_call_receive_leave_stop() {
        try (NodeClient client = NodeClient.launch(link.port(), "node-quiet")) {
            Story story = new Story(host, link, "node-quiet", "webSockets");
            story.begin(client);
            client.invoke("leave", "node-quiet");
            host.toGroup("node-quiet", "for those who are left");
            host.toAll("node-quiet", "the end");
            story.awaitReceived(client, "to all", "to the group", "the end");

            client.stop();

            story.awaitEvents(List.of("connected", "stopped"));
        }
    }

    @Test
    void reconnect_afterALoss_startsFromNow_withTheSameId() {
        try (NodeClient client = NodeClient.launch(link.port(), "node-lost")) {
            Story story = new Story(host, link, "node-lost", "webSockets");
            story.begin(client);

            story.loseTheNetwork();
            client.comeBack();

            assertThat(client.invoke("greet", "again")).isEqualTo("Hello, again");
            client.invoke("join", "node-lost");
            client.invoke("toGroup", "node-lost", "back again");
            story.awaitReceived(client, "to all", "to the group", "back again");
            story.awaitEvents(List.of("connected"));
        }
    }
}
