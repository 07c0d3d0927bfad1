package io.hubwire.signalr.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The hubs as their classes say. */
final class ReflectedHubRegistry implements HubRegistry {
    private final List<HubDescriptor> hubs;
    private final Map<String, HubDescriptor> byName;
    private final Map<Class<?>, HubDescriptor> byType = new HashMap<>();

    ReflectedHubRegistry(Collection<? extends Class<?>> types) {
        Map<String, HubDescriptor> sorted = new TreeMap<>();
        for (Class<?> type : new LinkedHashSet<>(types)) {
            HubDescriptor hub = HubDescriptorProvider.describe(type);
            HubDescriptor namesake = sorted.putIfAbsent(key(hub.name()), hub);
            if (namesake != null) {
                throw new IllegalArgumentException("Two Hubs must not share the same name. '"
                        + namesake.type().getName() + "' and '" + type.getName() + "' both share the name '"
                        + hub.name() + "'.");
            }
            byType.put(type, hub);
        }
        this.hubs = List.copyOf(sorted.values());
        this.byName = new HashMap<>(sorted);
    }

    @Override
    public List<HubDescriptor> hubs() {
        return hubs;
    }

    @Override
    public Optional<HubDescriptor> find(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    @Override
    public Optional<HubDescriptor> find(Class<?> type) {
        return Optional.ofNullable(byType.get(type));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
