package io.hubwire.contract;

import io.hubwire.signalr.SignalRConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
}
