package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call of clients on its way to the bus.
 *
 * @param hub the hub's declared name
 * @param method the clients' method, as the hub's code spells it
 * @param arguments as given; unmodifiable, may contain nulls
 * @param signals the topics that it is published to, one message each (protocol §7.1)
 * @param exclusions connection ids that do not get it
 * @param state what has changed of the caller's state, in calls of the caller alone (protocol §6.6)
 */
public record HubOutgoingContext(
        String hub,
        String method,
        List<Object> arguments,
        List<String> signals,
        Set<String> exclusions,
        Optional<RawJson> state) {}
