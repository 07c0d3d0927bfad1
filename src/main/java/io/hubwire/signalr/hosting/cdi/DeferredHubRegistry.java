package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.hub.HubDescriptor;
import io.hubwire.signalr.hub.HubRegistry;
import java.util.List;
import java.util.Optional;

/** The deployment's hubs as a bean: it may be injected before the server has started, and used from then on. */
record DeferredHubRegistry(ClassLoader deployment) implements HubRegistry {

    private HubRegistry running() {
        return DeferredHubContext.running(deployment).hubs();
    }

    @Override
    public List<HubDescriptor> hubs() {
        return running().hubs();
    }

    @Override
    public Optional<HubDescriptor> find(String name) {
        return running().find(name);
    }

    @Override
    public Optional<HubDescriptor> find(Class<?> type) {
        return running().find(type);
    }
}
