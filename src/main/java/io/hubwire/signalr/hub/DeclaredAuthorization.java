package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks what hubs and methods declare by annotations; the outermost module of every pipeline (protocol §11). What is declared is read once, at the start;
 * authorizers are made when they are needed first, and kept.
 */
final class DeclaredAuthorization extends HubPipelineModule {
    private final HubActivator activator;
    private final Map<Class<? extends HubAuthorizer>, HubAuthorizer> authorizers = new ConcurrentHashMap<>();
    private final Map<HubDescriptor, List<Requirement>> ofHubs = new HashMap<>(); // filled by the constructor alone
    private final Map<MethodDescriptor, List<Requirement>> ofMethods = new HashMap<>(); // likewise

    /** @throws IllegalArgumentException when annotations contradict each other */
    DeclaredAuthorization(Collection<HubDescriptor> hubs, HubActivator activator) {
        this.activator = activator;
        for (HubDescriptor hub : hubs) {
            ofHubs.put(hub, Requirement.declaredBy(hub.type()));
            hub.methods().forEach(method -> ofMethods.put(method, Requirement.declaredBy(method.declaration())));
        }
    }

    /** The roles that are declared anywhere. */
    Set<String> roles() {
        return Stream.concat(ofHubs.values().stream(), ofMethods.values().stream())
                .flatMap(List::stream)
                .flatMap(requirement -> requirement.roles().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public BiPredicate<HubDescriptor, HostRequest> buildAuthorizeConnect(BiPredicate<HubDescriptor, HostRequest> next) {
        return (hub, request) -> next.test(hub, request)
                && ofHubs.get(hub).stream().allMatch(required -> required.admits(hub, request, this::authorizer));
    }

    @Override
    public Function<HubIncomingContext, CompletionStage<?>> buildIncoming(
            Function<HubIncomingContext, CompletionStage<?>> next) {
        return call ->
                mayCall(call) ? next.apply(call) : CompletableFuture.failedStage(new NotAuthorizedException(call));
    }

    private boolean mayCall(HubIncomingContext call) {
        List<Requirement> onMethod = ofMethods.getOrDefault(call.method(), List.of()); // none of what is unresolved
        List<Requirement> onHub = ofHubs.get(call.hub());
        if (onMethod.isEmpty() && onHub.isEmpty()) { // most calls: spares them the streams
            return true;
        }
        boolean replaced = onMethod.stream().anyMatch(Requirement::isStandard);
        return onHub.stream()
                        .filter(required -> !(replaced && required.isStandard()))
                        .allMatch(required -> required.admits(call, false, this::authorizer))
                && onMethod.stream().allMatch(required -> required.admits(call, true, this::authorizer));
    }

    private HubAuthorizer authorizer(Class<? extends HubAuthorizer> type) {
        HubAuthorizer known = authorizers.get(type);
        if (known != null) {
            return known;
        }
        HubAuthorizer made = activator.create(type); // the application's code: not inside of the map
        HubAuthorizer earlier = authorizers.putIfAbsent(type, made);
        return earlier != null ? earlier : made;
    }
}
