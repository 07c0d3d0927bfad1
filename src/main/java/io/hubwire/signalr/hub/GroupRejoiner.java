package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import java.util.List;

/** Decides which groups of one hub a connection joins again when its receive channel opens (protocol §8.4). */
@FunctionalInterface
public interface GroupRejoiner {

    /**
     * Called on a worker thread or the request thread; must not block for long.
     *
     * @param hub whose groups they are; the connection is authorized for it
     * @param request the receive request
     * @param groups names without the hub's prefix, from a valid groups token; the client may have kept an old one
     * @return some of {@code groups}; what was not among them is ignored
     */
    List<String> rejoin(HubDescriptor hub, HostRequest request, List<String> groups);
}
