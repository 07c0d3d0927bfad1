package io.hubwire.clients;

import io.hubwire.kit.CuttableLink;
import io.hubwire.kit.client.TestTransport;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Java client does with each loss: it says abort, and comes back. */
class ReturnAfterAbortIT {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LONG_POLLING")
    void reconnect_afterAnAbort_goesOn(TestTransport transport) {
        String teller = "back again over " + transport.wireName();
        try (StoryHost host = StoryHost.start();
                CuttableLink link = CuttableLink.to(host.port());
                ProtocolClient client = new ProtocolClient(link.port(), teller, "1.3", transport)) {
            Story story = new Story(host, link, teller, transport.wireName());
            story.begin(client);
            story.loseTheNetwork();
            client.stop();
            story.awaitEvents(List.of("connected", "stopped"));

            client.comeBack();

            story.awaitReceived(client, "to all", "to the group", "missed by the group", "missed by all");
            story.awaitEvents(List.of("connected", "stopped", "reconnected"));
            host.toGroup(teller, "still in the group");
            story.awaitReceived(
                    client, "to all", "to the group", "missed by the group", "missed by all", "still in the group");
        }
    }
}
