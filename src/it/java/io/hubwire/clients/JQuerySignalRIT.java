package io.hubwire.clients;

import static io.hubwire.clients.Story.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.CuttableLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The versions of jquery.signalR that are in use, each with every jQuery that it can meet and over every transport that it has, in
 * Chromium. The stories run side by side, each over a link of its own, which is an origin of its own as well: a browser
 * keeps only a few connections to one.
 */
@Tag("browser")
class JQuerySignalRIT {
    private static final int SIDE_BY_SIDE = 16;
    private static final List<String> CLIENTS = List.of("2.4.3", "2.3.0", "2.2.2", "2.2.1");
    private static final List<String> JQUERIES = List.of("1.12", "2.2", "3.7");
    private static final List<String> TRANSPORTS =
            List.of("webSockets", "serverSentEvents", "foreverFrame", "longPolling");

    private static final Map<Cell, CompletableFuture<Void>> STORIES = new LinkedHashMap<>();
    private static StoryHost host;
    private static BrowserStage stage;
    private static ExecutorService tellers;

    record Cell(String client, String jquery, String transport) {

        @Override
        public String toString() {
            return "jquery.signalR " + client + " with jQuery " + jquery + " over " + transport;
        }
    }

    static Stream<Cell> cells() {
        return CLIENTS.stream().flatMap(client -> JQUERIES.stream()
                .flatMap(jquery -> TRANSPORTS.stream().map(transport -> new Cell(client, jquery, transport))));
    }

    @BeforeAll
    static void tellAll() {
        host = StoryHost.start();
        stage = BrowserStage.open("http://127.0.0.1:" + host.port());
        tellers = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        cells().forEach(cell -> STORIES.put(cell, CompletableFuture.runAsync(() -> tell(cell), tellers)));
    }

    @AfterAll
    static void end() throws InterruptedException {
        tellers.shutdownNow();
        assertThat(tellers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        stage.close();
        patiently("no connection to be left").until(() -> host.connections() == 0);
        host.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void story_isLived(Cell cell) {
        STORIES.get(cell).join();
    }

    private static void tell(Cell cell) {
        try (CuttableLink link = CuttableLink.to(host.port());
                BrowserClient client = BrowserClient.enter(stage, page(cell, link))) {
            assertThat(client.versions()).startsWith(cell.client() + " " + cell.jquery() + ".");
            new Story(host, link, cell.toString(), cell.transport()).tell(client);
        }
    }

    private static BrowserClient.Page page(Cell cell, CuttableLink link) {
        BrowserClient.Page page = BrowserClient.Page.of(
                "http://127.0.0.1:" + link.port(), cell.toString(), cell.client(), cell.jquery(), cell.transport());
        // The client uses foreverFrame only where there is nothing better.
        return cell.transport().equals("foreverFrame") ? page.with("without", "EventSource") : page;
    }
}
