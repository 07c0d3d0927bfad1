package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.deployment.InstalledServer;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.MultipartForm;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The archive as it has been built, at the root of an installed server: who gets in, and what the server's own limits leave through. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class DeployedApplicationIT extends SignInContract {
    private static final int MEGABYTE = 1024 * 1024;

    @ArquillianResource
    private URL site;

    @Deployment(testable = false)
    static WebArchive archive() {
        return InstalledServer.application("ROOT.war");
    }

    // --- upgrades ---

    @Test
    void upgrade_withoutAnIdentity_isRefused() throws Exception {
        assertThat(upgrade("/signalr/connect?" + connect(negotiated("alice")))).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "no connection token, transport=webSockets, 400",
        "a token that is none, transport=webSockets&connectionToken=abc, 400",
        "an unknown transport, transport=carrierPigeon&connectionToken=abc, 400",
    })
    void upgrade_ofARequestThatIsNone_isRefused(String what, String query, int status) throws Exception {
        assertThat(upgrade("/signalr/connect?clientProtocol=2.1&" + query, bearer("alice")))
                .as(what)
                .isEqualTo(status);
    }

    @Test
    void upgrade_withAnUnknownHub_isRefused() throws Exception {
        String unknown = connect(negotiated("alice")).replace("pushhub", "nosuch");

        assertThat(upgrade("/signalr/connect?" + unknown, bearer("alice"))).isEqualTo(500);
    }

    @Test
    void upgrade_withSomebodyElsesToken_isRefused() throws Exception {
        assertThat(upgrade("/signalr/connect?" + connect(negotiated("alice")), bearer("bob")))
                .isEqualTo(403);
    }

    @Test
    void upgrade_straightAtTheEndpointsOwnPath_isRefused() throws Exception {
        assertThat(upgrade("/hubwire/socket")).isIn(403, 404);
        assertThat(upgrade("/hubwire/socket?" + connect(negotiated("alice")), bearer("alice")))
                .isIn(403, 404);
    }

    @Test
    void upgrade_afterAllChecks_isTheRequestThatIsNotRefused() throws Exception {
        assertThat(upgrade("/signalr/connect?" + connect(negotiated("alice")), bearer("alice")))
                .isEqualTo(101);
    }

    // --- what the server has to be told ---

    @Test
    void rawBrackets_asTheDotNetClientSendsThem_areUnderstood() throws Exception {
        String raw = "connectionData=[{\"name\":\"pushhub\"}]";
        String negotiate = target("/signalr/negotiate?clientProtocol=1.4&" + raw);

        RawExchange negotiation = http().call(RawHttpRequest.get(negotiate).header(bearer("alice")), PATIENCE);

        assertThat(negotiation.status()).isEqualTo(200);
        assertThat(upgrade("/signalr/connect?" + connect(negotiated("alice")).replace(PUSH_HUB, raw), bearer("alice")))
                .isEqualTo(101);
    }

    @Test
    void upload_largerThanServersAllowUnlessTold_arrivesWhole() throws Exception {
        ApiClient alice = signedIn("alice");
        byte[] content = new byte[12 * MEGABYTE];
        content[content.length - 1] = 1;

        ApiClient.Answer answer = alice.upload(
                new MultipartForm().field("category", "other").file("large.bin", "application/octet-stream", content));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(alice.download(answer.json().getString("id")).body()).isEqualTo(content);
    }

    @Test
    void upload_largerThanTheApplicationAllows_isToldSo() throws Exception {
        ApiClient.Answer answer = signedIn("alice")
                .upload(new MultipartForm()
                        .field("category", "other")
                        .file("huge.bin", "application/octet-stream", new byte[51 * MEGABYTE]));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("error")).isEqualTo("too_large");
    }

    // --- what is served ---

    @Test
    void pages_areServed_andNothingElseOfTheArchive() throws Exception {
        ApiClient nobody = new ApiClient(application(), null);

        assertThat(nobody.get("/").body()).contains("<title>");
        assertThat(nobody.get("/").header("content-security-policy")).contains("default-src 'self'");
        assertThat(nobody.get("/signalr/hubs").body()).contains("pushHub");
        assertThat(nobody.get("/lib/jquery.signalR.min.js").status()).isEqualTo(200);
        assertThat(nobody.get("/WEB-INF/web.xml").status()).isEqualTo(404);
        assertThat(nobody.get("/META-INF/MANIFEST.MF").status()).isEqualTo(404);
        assertThat(nobody.get("/io/hubwire/push/boot/embedded/Launcher.class").status())
                .isIn(403, 404);
    }

    @Test
    void negotiate_byAnyMethodAndInAnyCase_isAnsweredThroughTheRestInterface() throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "BREW")) {
            RawHttpRequest request = new RawHttpRequest(
                    method, target("/SignalR/Negotiate?clientProtocol=2.1"), List.of(bearer("bob")), new byte[0]);

            assertThat(http().call(request.header("Content-Length: 0"), PATIENCE)
                            .status())
                    .as(method)
                    .isEqualTo(200);
        }
        assertThat(http().call(
                                RawHttpRequest.get(target("/api/hubwire/negotiate"))
                                        .header(bearer("bob")),
                                PATIENCE)
                        .status())
                .isEqualTo(404);
    }

    // --- words ---

    @Override
    URI application() {
        return InstalledServer.uri(site);
    }

    private String bearer(String user) throws Exception {
        return "Authorization: Bearer " + signedIn(user).token();
    }

    private String negotiated(String user) throws Exception {
        SignalRTestClient client =
                SignalRTestClient.create(options(TestTransport.WEB_SOCKETS).withHeader(bearer(user)));
        return client.negotiate().connectionToken();
    }

    private static String connect(String token) {
        return "transport=webSockets&clientProtocol=2.1&" + PUSH_HUB + "&connectionToken=" + Percent.encode(token);
    }

    /** The status of the answer to a handshake. */
    private int upgrade(String path, String... headers) {
        try (RawWebSocket socket = RawWebSocket.open(http(), target(path), List.of(headers))) {
            boolean open = socket.awaitOpen(PATIENCE);
            int status = socket.head().orElseThrow().status();
            assertThat(open).isEqualTo(status == 101);
            return status;
        }
    }
}
