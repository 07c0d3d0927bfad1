package io.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.CuttableLink;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/**
 * What every client must live through: start, call, receive, join a group, lose the network, come back to what it missed, leave the
 * group, stop.
 */
final class Story {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final StoryHost host;
    private final CuttableLink link;
    private final String teller;
    private final String transport;

    /**
     * @param link between the client and the host; for this client alone
     * @param teller the name that the client goes by
     * @param transport the wire name of the transport that it must run on
     */
    Story(StoryHost host, CuttableLink link, String teller, String transport) {
        this.host = host;
        this.link = link;
        this.teller = teller;
        this.transport = transport;
    }

    /** Waits patiently; {@code what} is for the message when it was in vain. */
    static ConditionFactory patiently(String what) {
        return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO);
    }

    /** Tells all of it. */
    void tell(StoryClient client) {
        tellUpToTheReturn(client);
        awaitEvents(List.of("connected", "reconnected"));
        end(client);
        client.stop();
        awaitEvents(List.of("connected", "reconnected", "stopped"));
    }

    /** Tells all of it with a client that says abort before each reconnect, so that the hub believes it gone more than once. */
    void tellWithAborts(StoryClient client) {
        tellUpToTheReturn(client);
        end(client);
        long before = times("stopped");
        client.stop();
        patiently("the hub to hear of the end").until(() -> times("stopped") > before);
        assertThat(times("connected")).isOne();
        assertThat(times("lost") + times("gap")).isZero();
    }

    private void tellUpToTheReturn(StoryClient client) {
        begin(client);
        loseTheNetwork();
        client.comeBack();
        awaitReceived(client, "to all", "to the group", "missed by the group", "missed by all");
    }

    /** How often the hub has heard this of the client. */
    long times(String event) {
        return StoryHub.eventsOf(teller).stream().filter(event::equals).count();
    }

    /** The story up to the point where the client is in a group. */
    void begin(StoryClient client) {
        client.start();
        assertThat(client.transport()).isEqualTo(transport);
        awaitEvents(List.of("connected"));
        assertThat(client.invoke("greet", "Zoë")).isEqualTo("Hello, Zoë");
        client.invoke("toAll", teller, "to all");
        client.invoke("join", teller);
        client.invoke("toGroup", teller, "to the group");
        awaitReceived(client, "to all", "to the group");
    }

    /** Cuts the network, says something to those who cannot hear it, and mends the network. */
    void loseTheNetwork() {
        link.cut();
        host.toGroup(teller, "missed by the group");
        host.toAll(teller, "missed by all");
        link.join();
    }

    private void end(StoryClient client) {
        assertThat(client.invoke("add", 2, 3)).isEqualTo("5");
        client.invoke("toGroup", teller, "back again");
        client.invoke("leave", teller);
        host.toGroup(teller, "for those who are left");
        client.invoke("toAll", teller, "the end");
        awaitReceived(
                client, "to all", "to the group", "missed by the group", "missed by all", "back again", "the end");
    }

    void awaitReceived(StoryClient client, String... texts) {
        patiently("what " + teller + " receives")
                .untilAsserted(() -> assertThat(client.received()).containsExactly(texts));
    }

    void awaitEvents(List<String> events) {
        patiently("what the hub hears of " + teller)
                .untilAsserted(() -> assertThat(StoryHub.eventsOf(teller)).isEqualTo(events));
    }
}
