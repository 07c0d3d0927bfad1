package io.hubwire.signalr.hub;

import java.util.List;
import java.util.stream.Stream;

/** A hub as clients see it: its name and what can be called (protocol §6.2). Immutable; made once, at start. */
public final class HubDescriptor {
    private final Class<? extends HubBase<?>> type;
    private final Class<?> clientType;
    private final String name;
    private final boolean renamed;
    private final MethodTable methods;

    HubDescriptor(
            Class<? extends HubBase<?>> type, Class<?> clientType, String name, boolean renamed, MethodTable methods) {
        this.type = type;
        this.clientType = clientType;
        this.name = name;
        this.renamed = renamed;
        this.methods = methods;
    }

    /** The class that the application wrote. */
    public Class<? extends HubBase<?>> type() {
        return type;
    }

    /** How the hub calls its clients: {@link ClientProxy}, or an interface of theirs. */
    public Class<?> clientType() {
        return clientType;
    }

    /** The name in its own spelling: the class's simple name or the value of {@link HubName}. In payloads and topics as it is here. */
    public String name() {
        return name;
    }

    /** Whether the name was given by {@link HubName}; the proxy script then leaves its case alone (protocol §13.3). */
    public boolean isRenamed() {
        return renamed;
    }

    /** What can be called, by name and number of parameters. */
    public List<MethodDescriptor> methods() {
        return methods.methods();
    }

    /**
     * The one method of this name, in any case, with this many parameters. Never fails: when there is none or more than one, the answer is a descriptor
     * that fails with the reason when it is invoked.
     */
    MethodDescriptor resolve(String method, int argumentCount) {
        return methods.resolve(method, argumentCount);
    }

    /** Groups of methods that no call can tell apart, so that neither can be called. */
    List<List<MethodDescriptor>> ambiguousMethods() {
        return methods.ambiguous();
    }

    /** What its author should know: the methods that cannot be called, on either side, and why. */
    List<String> mistakes() {
        Stream<String> ambiguous = ambiguousMethods().stream()
                .map(group -> "No client can call these methods of " + type.getName()
                        + ", for they have the same name and number of parameters: " + group);
        Stream<String> unbindable = methods().stream()
                .filter(MethodDescriptor::bindsProgress)
                .map(method -> "No client can call this method of " + type.getName()
                        + ", for a Progress must be the last parameter: " + method);
        Stream<String> uncallable = ClientContract.of(clientType).violations().stream()
                .map(violation -> type.getName() + " cannot call its clients. " + violation);
        return Stream.of(ambiguous, unbindable, uncallable)
                .flatMap(mistakes -> mistakes)
                .toList();
    }

    @Override
    public String toString() {
        return name + " (" + type.getName() + ")";
    }
}
