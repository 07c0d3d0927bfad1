package io.hubwire.push.realtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a chart needs of a moment.
 *
 * @param time when
 * @param clients with an open request, by transport
 */
public record NodePoint(Instant time, Map<String, Integer> clients) {

    static NodePoint of(NodeStatus status) {
        return new NodePoint(status.time(), openBy(status.clients()));
    }

    private static Map<String, Integer> openBy(List<NodeStatus.Clients> clients) {
        return clients.stream().collect(Collectors.toMap(NodeStatus.Clients::transport, NodeStatus.Clients::open));
    }
}
