package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.security.KeyRing;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same list on two nodes, each request going to the next of them. */
abstract class FarmContract extends ConnectionContract {

    @Override
    TestServer launch(SignalRConfig.Builder config) {
        return TestServer.farm(config);
    }

    /** Each node tells its hub for itself what happens to a client that it has seen (protocol §5.2, §5.5). */
    @Override
    List<String> told(List<String> events) {
        Set<String> once = new HashSet<>();
        return events.stream()
                .filter(event -> event.contains("reconnected") || once.add(event))
                .toList();
    }

    @Test
    void v41_negotiateAtOneNode_connectAtTheOther() {
        try (TestServer farm = launch(TestServer.config(KeyRing.random()));
                SignalRTestClient first =
                        SignalRTestClient.create(at(farm.nodes().get(0)));
                SignalRTestClient second =
                        SignalRTestClient.create(at(farm.nodes().get(1)))) {
            second.adopt(first.negotiate());
            second.connect();
            first.start();

            assertThat(
                            transport() == TestTransport.WEB_SOCKETS
                                    ? second.invoke("contracthub", "echo", "x").result()
                                    : first.invoke("contracthub", "echo", "x").result())
                    .contains("\"x\"");
            farm.nodes().get(0).hub().clients().all().invoke("message", "from the first node");

            assertThat(second.awaitCall("ContractHub", "message").get(0).text()).isEqualTo("from the first node");
            second.abort();
            farm.awaitNobody();
        }
    }

    private ClientOptions at(TestNode node) {
        return ClientOptions.to("127.0.0.1", node.port())
                .withTransport(transport())
                .withHubs("contracthub");
    }
}
