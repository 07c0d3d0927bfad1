package io.hubwire.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing of a deployment survives it, however many clients it had: {@code -Dhubwire.redeploys.tomcat} and {@code .wildfly} say how often that is tried. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class RedeployIT {
    private static final Logger LOG = System.getLogger(RedeployIT.class.getName());
    private static final String APPLICATION = "hubwire";
    private static final int ROUNDS =
            Integer.getInteger("hubwire.redeploys." + System.getProperty("arquillian.launch"), 3);
    private static final int CLIENTS_OF_EACH_TRANSPORT = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TIME_TO_COLLECT = Duration.ofMinutes(3);

    /** What the server itself learns from round to round: less than one deployment, which is some 6 MB. */
    private static final long BYTES_OF_GRACE = 5 << 20;

    private static final int THREADS_OF_GRACE = 20;
    private static final int REQUESTS_TO_TOMCAT = 50;
    private static final String WILDFLY_REQUEST_THREAD = "default task-";
    private static final URI SITE = InstalledServer.address(APPLICATION);

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive archive() {
        return InstalledServer.application(APPLICATION + ".war");
    }

    @Test
    void redeploy_withLiveClients_leavesNothingBehind() throws Exception {
        ServerProcess server = ServerProcess.find();
        deployWithClients();
        awaitEnd(server);
        long bytes = server.heap().bytes();
        int threads = threads(server).size();
        tell(0, bytes, threads);

        for (int round = 1; round <= ROUNDS; round++) {
            deployWithClients();
            awaitEnd(server);

            long bytesNow = server.heap().bytes();
            List<String> threadsNow = threads(server);
            tell(round, bytesNow, threadsNow.size());
            assertThat(bytesNow).as("bytes after round " + round).isLessThan(bytes + BYTES_OF_GRACE);
            assertThat(threadsNow).as("threads after round " + round).hasSizeLessThan(threads + THREADS_OF_GRACE);
        }
    }

    /** Without those that wait for the end of a connection by which Tomcat was told to deploy: one for each. */
    private static List<String> threads(ServerProcess server) {
        return server.threads().stream()
                .filter(name -> !name.startsWith("JMX server connection timeout"))
                .toList();
    }

    private static void tell(int round, long bytes, int threads) {
        LOG.log(Level.INFO, "after round {0}: {1} kB, {2} threads", round, bytes / 1024, threads);
    }

    private void deployWithClients() throws Exception {
        deployer.deploy(APPLICATION);
        List<SignalRTestClient> clients = List.of();
        try {
            String token = ApiClient.signIn(SITE, "alice", "demo-alice").token();
            clients = Arrays.stream(TestTransport.values())
                    .flatMap(transport ->
                            Stream.generate(() -> client(transport, token)).limit(CLIENTS_OF_EACH_TRANSPORT))
                    .toList();
            clients.forEach(client -> assertThat(
                            client.invoke("pushhub", "sendTo", "alice", "hello").error())
                    .isEmpty());
        } finally {
            deployer.undeploy(APPLICATION);
        }
        clients.forEach(SignalRTestClient::awaitChannelEnd);
        clients.forEach(SignalRTestClient::close);
    }

    private static SignalRTestClient client(TestTransport transport, String token) {
        return SignalRTestClient.start(ClientOptions.to(SITE.getHost(), SITE.getPort())
                .withPath(SITE.getPath() + "signalr")
                .withTransport(transport)
                .withHubs("pushhub")
                .withHeader("Authorization: Bearer " + token)
                .withPatience(PATIENCE));
    }

    private static void awaitEnd(ServerProcess server) {
        await("the end of the deployment's threads").atMost(PATIENCE).untilAsserted(() -> assertThat(server.threads())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("hubwire")));
        await("the collection of the deployment's classes")
                .atMost(TIME_TO_COLLECT)
                .pollInterval(Duration.ofMillis(700))
                .untilAsserted(() -> {
                    if (InstalledServer.isWildFly()) {
                        replaceThreadsOfWildFly(server);
                    } else {
                        replaceThreadsOfTomcat();
                    }
                    assertThat(server.heap().deployments()).isZero();
                });
    }

    /**
     * WildFly's request threads hold the request that they were made for, whatever they serve later, until they end: after the time without work that hubwire.cli has set. What is
     * left of them in the pool's queue is cleared by the next request, which must be none of the application's and must not keep one of them alive.
     */
    private static void replaceThreadsOfWildFly(ServerProcess server) {
        assertThat(server.threads()).noneMatch(name -> name.startsWith(WILDFLY_REQUEST_THREAD));
        askTheServer(HttpClient.newHttpClient());
    }

    /**
     * One request after another: Tomcat replaces a thread a second of those that have known the application (one of them Jersey has left a value with), and would only make more
     * for requests that come at once.
     */
    private static void replaceThreadsOfTomcat() {
        HttpClient browser = HttpClient.newHttpClient();
        for (int request = 0; request < REQUESTS_TO_TOMCAT; request++) {
            askTheServer(browser);
        }
    }

    /** Which no application answers. */
    private static void askTheServer(HttpClient browser) {
        browser.sendAsync(HttpRequest.newBuilder(SITE.resolve("/")).build(), BodyHandlers.discarding())
                .join();
    }
}
