package io.hubwire.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.guest.app.bean.BeanHub;
import io.hubwire.kit.Chromium;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Negotiation;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.ResponseHead;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** Web applications that have nothing but the library, beside each other in an installed server: Tomcat without the rest of Jakarta EE, WildFly with it. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class GuestIT extends GuestContract {
    private static final String ON_WILDFLY = "wildfly";
    private static final List<String> APPLICATIONS = List.of("startup", "alone", "listener", "unscanned");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "startup", testable = false)
    static WebArchive startup() {
        return GuestWars.withStartup("startup");
    }

    @Deployment(name = "alone", testable = false)
    static WebArchive alone() {
        return GuestWars.withHubAlone("alone");
    }

    @Deployment(name = "listener", testable = false)
    static WebArchive listener() {
        return GuestWars.withListener("listener");
    }

    @Deployment(name = "unscanned", testable = false)
    static WebArchive unscanned() {
        return GuestWars.withListenerAlone("unscanned");
    }

    @Deployment(name = "beans", testable = false, managed = false)
    static WebArchive beans() {
        return GuestWars.withBeans("beans");
    }

    @Deployment(name = "leaving", testable = false, managed = false)
    static WebArchive leaving() {
        return GuestWars.withStartup("leaving");
    }

    static Stream<Place> places() {
        return APPLICATIONS.stream().flatMap(Place::overAllTransports);
    }

    /** The persistent connection is mapped by code, of which one application has none. */
    static Stream<Place> placesWithConnection() {
        return places().filter(place -> !place.application().equals("alone"));
    }

    @Override
    RawHttpClient server() {
        return new RawHttpClient("127.0.0.1", Integer.getInteger("server.http.port"));
    }

    // --- what is there ---

    @Test
    void libraries_areTheLibraryAndWhatItsPomLists() {
        assertThat(alone().getContent(path -> path.get().startsWith("/WEB-INF/lib/"))
                        .values())
                .extracting(Node::toString)
                .hasSize(3)
                .anyMatch(path -> path.endsWith("/hubwire-signalr.jar"))
                .anyMatch(path -> path.contains("/jakarta.json-api-"))
                .anyMatch(path -> path.contains("/parsson-"));
    }

    @ParameterizedTest
    @CsvSource({
        "jakarta.enterprise.inject.spi.CDI",
        "jakarta.inject.Inject",
        "jakarta.ws.rs.core.Response",
        "jakarta.json.bind.Jsonb",
        "jakarta.persistence.Entity",
        "jakarta.validation.Validation"
    })
    void restOfJakarta_isThereOnWildFlyAlone(String className) {
        SignalRTestClient client = started(new Place("alone", TestTransport.WEB_SOCKETS));

        assertThat(invoke(client, "sees", className).result()).contains(Boolean.toString(isWildFly()));
    }

    // --- beside the hubs ---

    @ParameterizedTest(name = "{0}")
    @MethodSource("placesWithConnection")
    void persistentConnection_tellsEverybody(Place place) {
        SignalRTestClient client = started(raw(place));
        SignalRTestClient other = started(raw(place));

        client.sendData("[1,\"two\"]");

        assertThat(other.awaitMessages(1)).extracting(JsonText::text).containsExactly("[1,\"two\"]");
    }

    private ClientOptions raw(Place place) {
        return options(place).withPath("/" + place.application() + "/raw").withHubs();
    }

    @Test
    void script_namesTheHubAndItsAddress() {
        RawExchange script = get("/startup/signalr/hubs");

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.body()).contains("\"/startup/signalr\"", "guest");
    }

    // --- refusals ---

    @ParameterizedTest
    @CsvSource({
        "/signalr/connect?transport=webSockets",
        "/signalr/connect?transport=webSockets&connectionToken=made-up",
        "/signalr/reconnect?transport=webSockets&connectionToken=made-up",
        "/signalr/connect?transport=carrierPigeon",
        "/SignalR/Connect",
        "/hubwire/socket",
        "/nothing"
    })
    void upgrade_thatIsNotPrepared_isRefused(String target) {
        for (String application : APPLICATIONS) {
            assertRefused("/" + application + target);
        }
    }

    @Test
    void upgrade_ofAnotherOrigin_isRefused() {
        SignalRTestClient client = started(new Place("startup", TestTransport.WEB_SOCKETS));

        assertRefused(
                "/startup/signalr/connect?transport=webSockets&clientProtocol=2.1&connectionToken="
                        + encoded(client.negotiation().connectionToken()),
                "Origin: https://www.example.com");
    }

    private void assertRefused(String target, String... headers) {
        try (RawWebSocket socket = RawWebSocket.open(server(), target, List.of(headers))) {
            assertThat(socket.awaitOpen(PATIENCE)).as(target).isFalse();
            assertThat(socket.head().map(ResponseHead::status).orElse(0))
                    .as(target)
                    .isBetween(400, 499);
        }
    }

    // --- connectors ---

    @Test
    void brackets_thatAreNotEscaped_areTakenWithOurFragmentAlone() {
        String query = "?clientProtocol=1.4&connectionData=[{\"name\":\"guest\"}]";

        RawExchange negotiation = get(server(), "/startup/signalr/negotiate" + query);
        assertThat(negotiation.status()).isEqualTo(200);
        String token = new Negotiation(JsonText.parse(negotiation.body())).connectionToken();
        try (RawWebSocket socket = RawWebSocket.open(
                server(),
                "/startup/signalr/connect" + query + "&transport=webSockets&connectionToken=" + encoded(token),
                List.of())) {
            assertThat(socket.awaitOpen(PATIENCE)).isTrue();
            assertThat(socket.awaitTexts(texts -> !texts.isEmpty(), PATIENCE)).isTrue();
        }

        assertThat(get(strict(), "/startup/signalr/negotiate").status()).isEqualTo(200);
        assertThat(get(strict(), "/startup/signalr/negotiate" + query).status()).isEqualTo(400);
    }

    @Test
    void connectorWithoutOurFragment_isNamedInTheLog() throws IOException {
        String name = isWildFly() ? "strict" : Integer.toString(strict().port());
        String fragment = isWildFly() ? "conf/wildfly/hubwire.cli" : "conf/tomcat/connector.xml";

        await("the warning of " + name).atMost(PATIENCE).untilAsserted(() -> assertThat(log())
                .anyMatch(line -> line.contains("The connector " + name + " ") && line.contains(fragment)));
        assertThat(log()).noneMatch(line -> line.contains("The connector " + ours() + " "));
    }

    private String ours() {
        return isWildFly() ? "default" : Integer.toString(server().port());
    }

    /** The lines of what the server has logged. */
    private static List<String> log() throws IOException {
        Path home = Path.of(System.getProperty("server.home"));
        if (isWildFly()) {
            return Files.readAllLines(home.resolve("standalone/log/server.log"));
        }
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("logs"), "catalina.*.log")) {
            for (Path file : files) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** A connector of the same server that is as it comes. */
    private static RawHttpClient strict() {
        return new RawHttpClient("127.0.0.1", Integer.getInteger("server.strict.port"));
    }

    // --- neighbours ---

    @ParameterizedTest
    @EnumSource
    void messages_stayInTheirApplication(TestTransport transport) {
        SignalRTestClient here = started(new Place("startup", transport));
        SignalRTestClient there = started(new Place("alone", transport));

        invoke(here, "toAll", "of a call");
        invoke(here, "announce", "of GlobalHost");
        invoke(here, "join", "room");
        invoke(there, "toGroup", "room", "of a group");
        invoke(there, "announce", "of the neighbour");

        assertThat(texts(here.awaitMessages(2))).containsExactly("of a call", "of GlobalHost");
        assertThat(texts(there.awaitMessages(1))).containsExactly("of the neighbour");
        invoke(here, "toCaller", "end");
        assertThat(texts(here.awaitMessages(3))).endsWith("end").hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void tokens_areNoGoodNextDoor(TestTransport transport) {
        SignalRTestClient client = started(new Place("startup", transport));
        String token = encoded(client.negotiation().connectionToken());
        String query = "?clientProtocol=2.1&transport=" + transport.wireName() + "&connectionToken=" + token;

        for (String operation : List.of("connect", "reconnect", "start", "send", "abort")) {
            assertThat(get("/alone/signalr/" + operation + query).status())
                    .as(operation)
                    .isBetween(400, 499);
            assertRefused("/listener/signalr/" + operation + query);
        }
    }

    // --- what a server with more gives ---

    @Test
    @EnabledIfSystemProperty(named = "arquillian.launch", matches = ON_WILDFLY)
    void beansAndBinding_areTheContainers() {
        deployer.deploy("beans");
        ClientOptions options =
                options(new Place("beans", TestTransport.WEB_SOCKETS)).withHubs("bean");
        try (SignalRTestClient client = SignalRTestClient.start(options)) {
            assertThat(call(client, "greet", "Bob")).isEqualTo("\"Good day, Bob\"");
            assertThat(call(client, "readdress", Map.of("to", "Bob", "secret", "x"), "home"))
                    .isEqualTo("{\"to\":\"Bob at home\"}");
            client.invoke("bean", "announce", "from a bean");
            assertThat(texts(client.awaitMessages(1))).containsExactly("from a bean");
        } finally {
            deployer.undeploy("beans");
        }
    }

    private static String call(SignalRTestClient client, String method, Object... arguments) {
        HubResponse response = client.invoke("bean", method, arguments);
        return response.result().orElseThrow(() -> new AssertionError(BeanHub.class.getSimpleName() + ": " + response));
    }

    // --- the page ---

    @Test
    @Tag("browser")
    void page_inABrowser_saysHelloOverEachTransport() {
        ChromeDriver browser = Chromium.open(Map.of());
        try {
            places().forEach(place -> assertSaysHello(browser, place));
        } finally {
            browser.quit();
        }
    }

    private void assertSaysHello(ChromeDriver browser, Place place) {
        String transport = place.transport().wireName();
        browser.get("http://localhost:" + server().port() + "/" + place.application() + "/?transport=" + transport);
        await(place.toString()).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        browser.findElement(By.id("messages")).getText())
                .isEqualTo("hello over " + transport));
    }

    // --- the end ---

    @Test
    void undeploy_withLiveClients_leavesNothingOfTheApplication() {
        deployer.deploy("leaving");
        List<SignalRTestClient> live = Place.overAllTransports("leaving")
                .map(place -> SignalRTestClient.start(options(place)))
                .toList();
        live.forEach(client -> invoke(client, "toCaller", "still here"));

        deployer.undeploy("leaving");

        live.forEach(SignalRTestClient::close);
        SignalRTestClient witness = started(new Place("startup", TestTransport.WEB_SOCKETS));
        await("the class loader to be collected").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        invoke(witness, "isCollected", "/leaving").result())
                .contains("true"));
    }

    private RawExchange get(String target) {
        return get(server(), target);
    }

    private static RawExchange get(RawHttpClient client, String target) {
        return client.call(RawHttpRequest.get(target), PATIENCE);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean isWildFly() {
        return System.getProperty("arquillian.launch").equals(ON_WILDFLY);
    }
}
