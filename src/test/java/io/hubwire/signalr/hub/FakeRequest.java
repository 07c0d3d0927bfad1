package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.Parameters;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A request with a path, a query and perhaps a user. */
record FakeRequest(String path, Map<String, String> parameters, Principal principal, Set<String> roles)
        implements HostRequest {

    static FakeRequest of(String path) {
        return new FakeRequest(path, Map.of(), null, Set.of());
    }

    static FakeRequest withHubs(String... names) {
        List<String> entries = new ArrayList<>();
        for (String name : names) {
            entries.add("{\"name\":\"" + name + "\"}");
        }
        return of("/signalr/negotiate").with("connectionData", "[" + String.join(",", entries) + "]");
    }

    FakeRequest with(String name, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return new FakeRequest(path, more, principal, roles);
    }

    FakeRequest as(String user, String... inRoles) {
        return new FakeRequest(path, parameters, user == null ? null : () -> user, Set.of(inRoles));
    }

    FakeRequest as(Principal user) {
        return new FakeRequest(path, parameters, user, Set.of());
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public Parameters query() {
        return new Parameters() {
            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(parameters.get(name));
            }

            @Override
            public List<String> values(String name) {
                return get(name).map(List::of).orElse(List.of());
            }

            @Override
            public List<String> names() {
                return List.copyOf(parameters.keySet());
            }
        };
    }

    @Override
    public CompletionStage<Parameters> form() {
        return CompletableFuture.completedStage(query());
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public List<String> headerNames() {
        return List.of();
    }

    @Override
    public Map<String, String> cookies() {
        return Map.of("ck", "biscuit");
    }

    @Override
    public Optional<Principal> user() {
        return Optional.ofNullable(principal);
    }

    @Override
    public boolean isUserInRole(String role) {
        return roles.contains(role);
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public boolean isWebSocketUpgrade() {
        return false;
    }

    @Override
    public Optional<Object> attribute(String name) {
        return Optional.empty();
    }
}
