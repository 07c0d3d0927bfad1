package io.hubwire.signalr.hub;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The hubs of a deployment. Immutable, safe for any thread. */
public interface HubRegistry {

    /**
     * Describes hub classes.
     *
     * @param types public classes that extend {@link Hub}; see {@link #isHub}
     * @throws IllegalArgumentException when two share a name, a name has a dot, or a class cannot be a hub (protocol §6.2)
     */
    static HubRegistry of(Collection<? extends Class<?>> types) {
        return new ReflectedHubRegistry(types);
    }

    /** Whether a class that was found by scanning is a hub; others, such as abstract bases, are passed over. */
    static boolean isHub(Class<?> type) {
        return HubDescriptorProvider.isHub(type);
    }

    /** All hubs, ordered by name. */
    List<HubDescriptor> hubs();

    /** The hub of this name, in any case. */
    Optional<HubDescriptor> find(String name);

    /** The hub that is this class. */
    Optional<HubDescriptor> find(Class<?> type);
}
