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
    @TempDir
    Path directory;

    private RunningServer server;
    private Person operator;
    private Person alice;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start(directory.resolve("data"), Map.of("hubwire.password.cost", "4"));
        operator = Person.at(server.uri(), "operator", directory).signIn();
        alice = Person.at(server.uri(), "alice", directory).signIn();
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
        assertThat(operator.complaints()).isEmpty();
        assertThat(alice.complaints()).isEmpty();
        operatorMayDrain();
    }

    private void othersAreToldWhoMay() {
        alice.look("operator.html");
        alice.awaitPart("for-operators", "Alice Archer is not one of them");
        assertThat(alice.sees("operator")).isFalse();
        assertThat(alice.linked()).contains("Chat").doesNotContain("Operator");
    }

    private void operatorSeesWhoIsThere() throws IOException {
        operator.followLink("Operator");
        operator.awaitLive();
        operator.awaitText("node-state", "In service");
        operator.awaitPart("clients-rows", "serverSentEvents 0 0");
        operator.awaitText("readers-text", "No slow readers.*");

        alice.visit("stocks.html?transport=serverSentEvents");

        operator.awaitPart("clients-rows", "serverSentEvents 1 0");
        operator.awaitPart("hubs-rows", "StockTickerHub 1");
        operator.awaitPart("clients-summary", "2 open now, at most ");
        assertThat(operator.widthOnAPhone(360)).isLessThanOrEqualTo(360);
        keepScreenshot("operator-phone", operator);
    }

    private void operatorMayDrain() throws Exception {
        operator.click("drain");
        assertThat(operator.sees("drain-dialog")).isTrue();
        operator.press("drain-cancel", Keys.ESCAPE);
        assertThat(operator.sees("drain-dialog")).isFalse();
        assertThat(negotiation()).isEqualTo(200);

        operator.click("drain");
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
