package io.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.CuttableLink;
import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.signalr.security.OriginPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients on pages of another site than the hubs': one that the hubs know, and strangers. */
@Tag("browser")
class CrossOriginIT {
    private static EmbeddedTomcat friend;
    private static EmbeddedTomcat stranger;
    private static StoryHost host;
    private static BrowserStage stage;

    @BeforeAll
    static void start() {
        friend = EmbeddedTomcat.start("", Set.of(), Pages::serve);
        stranger = EmbeddedTomcat.start("", Set.of(), Pages::serve);
        host = StoryHost.start(OriginPolicy.allowing(List.of(site(friend.port()))));
        stage = BrowserStage.open(site(friend.port()));
    }

    @AfterAll
    static void end() {
        stage.close();
        host.close();
        stranger.close();
        friend.close();
    }

    @ParameterizedTest(name = "jquery.signalR {0} with jQuery {1} over {2}")
    @CsvSource({
        "2.4.3, 3.7, webSockets",
        "2.4.3, 3.7, serverSentEvents",
        "2.4.3, 3.7, longPolling",
        "2.2.1, 1.12, webSockets",
        "2.2.1, 1.12, serverSentEvents",
        "2.2.1, 1.12, longPolling"
    })
    void story_onAnAllowedSite_isLived(String signalr, String jquery, String transport) {
        String teller = "guest " + signalr + " over " + transport;
        tell(BrowserClient.Page.of(site(friend.port()), teller, signalr, jquery, transport), "/signalr");
    }

    /** jQuery 1 does not notice that a script could not be loaded; with it the client would learn of the loss after two minutes. */
    @ParameterizedTest(name = "jquery.signalR {0} with jQuery {1}")
    @CsvSource({"2.4.3, 3.7", "2.4.3, 2.2", "2.2.1, 2.2"})
    void story_overJsonp_isLived_onAnySite(String signalr, String jquery) {
        String teller = "script tags of " + signalr + " with " + jquery;
        BrowserClient.Page page = BrowserClient.Page.of(site(stranger.port()), teller, signalr, jquery, "longPolling");
        tell(page.with("jsonp", "true"), "/jsonp");
    }

    private static void tell(BrowserClient.Page page, String hubs) {
        try (CuttableLink link = CuttableLink.to(host.port());
                BrowserClient client = BrowserClient.enter(stage, page.with("hubs", site(link.port()) + hubs))) {
            new Story(host, link, page.teller(), page.query().get("transport")).tell(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webSockets", "serverSentEvents", "longPolling"})
    void start_onAStrangersSite_fails(String transport) {
        String teller = "stranger over " + transport;
        BrowserClient.Page page = BrowserClient.Page.of(site(stranger.port()), teller, "2.4.3", "3.7", transport)
                .with("hubs", site(host.port()) + "/signalr");
        try (BrowserClient client = BrowserClient.enter(stage, page)) {
            assertThatThrownBy(client::start).hasMessageContaining("Error during negotiation request");
        }
    }

    @Test
    void start_overJsonp_fails_whereItIsOff() {
        BrowserClient.Page page = BrowserClient.Page.of(
                        site(stranger.port()), "unwanted script tags", "2.4.3", "3.7", "longPolling")
                .with("hubs", site(host.port()) + "/signalr")
                .with("jsonp", "true");
        try (BrowserClient client = BrowserClient.enter(stage, page)) {
            assertThatThrownBy(client::start).hasMessageContaining("Error during negotiation request");
        }
    }

    private static String site(int port) {
        return "http://127.0.0.1:" + port;
    }
}
