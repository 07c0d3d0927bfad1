package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page that shows operators how their node is doing, and keeps others out kindly. */
@Tag("browser")
class OperatorPageIT {

    /** The files' page opens its WebSocket, but does not hear what comes by it: it goes on connecting for as long as somebody looks at it. */
    private static final String DEAF_FILES_PAGE = """
            if (location.pathname.endsWith("index.html")) {
                const Open = WebSocket;
                window.WebSocket = function (url) {
                    const socket = new Open(url);
                    Object.defineProperty(socket, "onmessage", { set() {} });
                    socket.addEventListener("open", () => { document.documentElement.dataset.open = true; });
                    return socket;
                };
            }""";

    /** On a slow machine, too, pages keep the transport that they try first. */
    private static final Map<String, String> SETTINGS = Map.of(
            "hubwire.password.cost", "4",
            "signalr.transports.transportConnectTimeout", "00:01:00");

    private static final int PARAMETERS = 1001; // one more than a query may have

    @TempDir
    Path directory;

    private RunningServer server;
    private Person operator;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(directory.resolve("data"), SETTINGS);
        operator = Person.at(server.uri(), "operator", directory).signIn();
        alice = Person.at(server.uri(), "alice", directory)
                .withScript(DEAF_FILES_PAGE)
                .signIn();
    }

    @AfterEach
    void stop() {
        operator.close();
        alice.close();
        server.close();
    }

    @Test
    void operator_seesWhoIsThere_andOthersAreToldWhoMay() throws Exception {
        othersAreToldWhoMay();
        operatorSeesWhoIsThere();
        operatorSeesWhatIsHeldAndRefused();
        assertThat(operator.complaints()).isEmpty();
        assertThat(alice.complaints()).isEmpty();
        operatorMayDrain();
    }

    private void othersAreToldWhoMay() {
        alice.awaitAttribute("data-open", "true");
        alice.look("operator.html");
        alice.awaitPart("for-operators", "Alice Archer is not one of them");
        assertThat(alice.sees("operator")).isFalse();
        assertThat(alice.linked()).contains("Chat").doesNotContain("Operator");
    }

    private void operatorSeesWhoIsThere() {
        operator.awaitLive();
        operator.followLink("Operator");
        operator.awaitText("node-state", "In service");
        operator.awaitLive();
        operator.awaitPart("clients-rows", "serverSentEvents 0 0");
        operator.awaitText("readers-text", "No slow readers.*");

        alice.visit("stocks.html?transport=serverSentEvents");

        operator.awaitPart("clients-rows", "serverSentEvents 1 0");
        operator.awaitPart("hubs-rows", "StockTickerHub 1");
        operator.awaitPart("clients-summary", "2 open now, at most ");
    }

    private void operatorSeesWhatIsHeldAndRefused() throws Exception {
        operator.awaitPart("topics-rows", "PerfmonConnection 0 "); // which is told every second, with nobody there
        assertThat(server.signedIn("bob")
                        .get("/signalr/negotiate?" + "x=1&".repeat(PARAMETERS))
                        .status())
                .isEqualTo(400);
        operator.awaitPart("refused-rows", "Parameters 1");
        assertThat(operator.widthOnAPhone(360)).isLessThanOrEqualTo(360);
        keepScreenshot("operator-phone", operator);
    }

    private void operatorMayDrain() throws Exception {
        operator.click("drain");
        operator.awaitSight("drain-dialog", true);
        operator.press("drain-cancel", Keys.ESCAPE);
        operator.awaitSight("drain-dialog", false);
        assertThat(negotiation()).isEqualTo(200);

        operator.click("drain");
        operator.awaitSight("drain-dialog", true);
        operator.click("drain-confirm");
        operator.awaitText("node-state", "Draining");
        assertThat(negotiation()).isEqualTo(503);
    }

    private int negotiation() throws Exception {
        ApiClient newcomer = server.signedIn("bob");
        return newcomer.get("/signalr/negotiate?clientProtocol=2.1&Bearer=" + newcomer.token())
                .status();
    }

    private static void keepScreenshot(String name, Person person) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(kept.resolve(name + ".png"), person.screenshot());
    }
}
