package io.hubwire.clients;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.List;

/** Our own client, which can speak every version of the protocol; for those versions whose clients are no longer to be had. */
final class ProtocolClient implements StoryClient {
    private final SignalRTestClient client;
    private final String teller;
    private final String version;

    ProtocolClient(int port, String teller, String version, TestTransport transport) {
        this.teller = teller;
        this.version = version;
        client = SignalRTestClient.create(ClientOptions.to("127.0.0.1", port)
                .withTransport(transport)
                .withHubs("story")
                .withClientProtocol(version)
                .withQuery("teller", teller)
                .withPatience(Duration.ofSeconds(30)));
    }

    /** What the server has answered in negotiate. */
    String negotiatedVersion() {
        return client.negotiation().protocolVersion();
    }

    @Override
    public void start() {
        client.negotiate();
        client.connect();
        if (version.compareTo("1.4") >= 0) {
            client.start();
        }
    }

    @Override
    public String transport() {
        return client.options().transport().wireName();
    }

    @Override
    public String invoke(String method, Object... arguments) {
        return client.invoke("story", method, arguments)
                .result()
                .map(result -> result.startsWith("\"") ? JsonText.parse(result).text() : result)
                .orElse("");
    }

    @Override
    public List<String> received() {
        return client.messages().stream()
                .map(message -> message.get("A").orElseThrow().elements())
                .filter(arguments -> arguments.get(0).text().equals(teller))
                .map(arguments -> arguments.get(1).text())
                .toList();
    }

    @Override
    public void comeBack() {
        client.drop();
        client.reconnect();
    }

    @Override
    public void stop() {
        client.abort();
    }

    @Override
    public void close() {
        client.close();
    }
}
