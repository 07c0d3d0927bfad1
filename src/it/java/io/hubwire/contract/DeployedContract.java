package io.hubwire.contract;

import io.hubwire.deployment.InstalledServer;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The essential list on the application's own archive, with the contract's hub beside its own hubs, below a context path. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
abstract class DeployedContract extends EssentialContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ArquillianResource
    private URL site;

    private String token;
    private SignalRTestClient witness;

    @Deployment(testable = false)
    static WebArchive application() {
        return InstalledServer.application("hubwire.war").addClass(ContractHub.class);
    }

    @BeforeEach
    void signIn() throws Exception {
        token = InstalledServer.signedIn(site, "alice").token();
        witness = started();
    }

    @AfterEach
    void abortClients() {
        clients().stream().filter(SignalRTestClient::isNegotiated).forEach(client -> {
            client.close();
            client.abort();
        });
    }

    @Override
    ClientOptions options() {
        return ClientOptions.to(site.getHost(), site.getPort())
                .withPath(site.getPath() + "signalr")
                .withHeader("Authorization: Bearer " + token)
                .withTransport(transport())
                .withHubs("contracthub")
                .withPatience(PATIENCE);
    }

    @Override
    List<String> eventsOf(String connectionId) {
        return JsonText.parse(invoke(witness, "events", connectionId).result().orElseThrow()).elements().stream()
                .map(JsonText::text)
                .toList();
    }

    @Override
    void tellAll(String text) {
        invoke(witness, "toAll", text);
    }

    @Override
    void tellGroup(String group, String text) {
        invoke(witness, "toGroup", group, text);
    }
}
