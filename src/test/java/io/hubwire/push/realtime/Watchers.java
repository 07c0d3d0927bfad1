package io.hubwire.push.realtime;

import io.hubwire.signalr.hub.GroupManager;
import io.hubwire.signalr.hub.HubClients;
import io.hubwire.signalr.hub.HubContext;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hub's clients as seen by what tells them something: keeps the calls of all, of all but some, and of some. */
final class Watchers<C> implements HubContext<C>, HubClients<C> {
    private final Class<C> client;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** What was called, who was left out, and who alone was called, if it was not all. */
    record Call(String method, List<Object> arguments, List<String> excluded, List<String> only) {

        /** Of all but some. */
        Call(String method, List<Object> arguments, List<String> excluded) {
            this(method, arguments, excluded, List.of());
        }
    }

    private Watchers(Class<C> client) {
        this.client = client;
    }

    static <C> Watchers<C> of(Class<C> client) {
        return new Watchers<>(client);
    }

    List<Call> calls() {
        return calls;
    }

    List<String> methods() {
        return calls.stream().map(Call::method).toList();
    }

    @Override
    public HubClients<C> clients() {
        return this;
    }

    @Override
    public C all() {
        return allExcept();
    }

    @Override
    public C allExcept(String... excludedConnectionIds) {
        return recorder(List.of(excludedConnectionIds), List.of());
    }

    private C recorder(List<String> excluded, List<String> only) {
        return client.cast(
                Proxy.newProxyInstance(client.getClassLoader(), new Class<?>[] {client}, (proxy, method, arguments) -> {
                    List<Object> given = arguments == null ? List.of() : List.of(arguments);
                    calls.add(new Call(method.getName(), given, excluded, only));
                    return CompletableFuture.completedFuture(null);
                }));
    }

    @Override
    public C client(String connectionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public C clients(Collection<String> connectionIds) {
        return recorder(List.of(), List.copyOf(connectionIds));
    }

    @Override
    public C group(String groupName, String... excludedConnectionIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public C groups(Collection<String> groupNames, String... excludedConnectionIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public C user(String userId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public C users(Collection<String> userIds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupManager groups() {
        throw new UnsupportedOperationException();
    }
}
