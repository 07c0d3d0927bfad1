package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JavaTypes;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A callable method of a hub, or the stand-in for a call that no method answers, which fails when it is invoked (protocol §6.3, §11). Immutable.
 */
public final class MethodDescriptor {

    /** A parameter: its declared name (if compiled with {@code -parameters}) and the type that its argument is bound to. */
    public record Parameter(String name, Type type) {}

    private final String name;
    private final boolean renamed;
    private final List<Parameter> parameters;
    private final Class<?> returnType;
    private final MethodHandle handle;
    private final Method declaration; // null: unresolved
    private final String unresolved;

    private MethodDescriptor(
            String name,
            boolean renamed,
            List<Parameter> parameters,
            Class<?> returnType,
            MethodHandle handle,
            Method declaration,
            String unresolved) {
        this.name = name;
        this.renamed = renamed;
        this.parameters = List.copyOf(parameters);
        this.returnType = returnType;
        this.handle = handle;
        this.declaration = declaration;
        this.unresolved = unresolved;
    }

    /**
     * @param parameters without the progress
     * @param handle takes the hub and an array of as many arguments as the method has parameters, the progress included
     * @param declaration the method as it was written, with its annotations
     */
    static MethodDescriptor of(
            String name,
            boolean renamed,
            List<Parameter> parameters,
            Class<?> returnType,
            MethodHandle handle,
            Method declaration) {
        return new MethodDescriptor(name, renamed, parameters, returnType, handle, declaration, null);
    }

    /** @param reason what a call of it fails with */
    static MethodDescriptor unresolved(String name, String reason) {
        return new MethodDescriptor(name, false, List.of(), void.class, null, null, reason);
    }

    /** The name on the wire as declared; of a stand-in: as the client sent it. */
    public String name() {
        return name;
    }

    /** Whether the name was given by {@link HubMethodName}; the proxy script then leaves its case alone (protocol §13.3). */
    public boolean isRenamed() {
        return renamed;
    }

    /** What arguments are bound to, in order; a last {@link Progress} is none of them. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The method in the hub's source, with its annotations; null for a stand-in. */
    Method declaration() {
        return declaration;
    }

    /** Whether the method's last parameter is a {@link Progress}. */
    public boolean takesProgress() {
        return declaration != null && declaration.getParameterCount() > parameters.size();
    }

    /** Whether a parameter that is bound to an argument is a {@link Progress}, which no argument can be. */
    boolean bindsProgress() {
        return parameters.stream().anyMatch(parameter -> JavaTypes.rawClass(parameter.type()) == Progress.class);
    }

    /** False for the stand-in of a call that no method answers. */
    public boolean isResolved() {
        return unresolved == null;
    }

    /** {@code name(param:Type, …):Return}, as error texts list candidates. */
    String signature() {
        return parameters.stream()
                .map(parameter -> parameter.name() + ":" + simpleName(parameter.type()))
                .collect(Collectors.joining(", ", name + "(", "):" + returnType.getSimpleName()));
    }

    private static String simpleName(Type type) {
        return JavaTypes.rawClass(type).getSimpleName();
    }

    /**
     * Calls the method on the current thread.
     *
     * @param arguments as many as there are parameters, and then the progress if there is one
     * @return what the method returned; null for void
     * @throws Throwable what the method threw; {@link IllegalStateException} when nothing answers the call
     */
    @SuppressWarnings("BanThrowable") // a method handle throws what the method threw, unwrapped
    Object invoke(HubBase<?> hub, Object[] arguments) throws Throwable {
        if (unresolved != null) {
            throw new IllegalStateException(unresolved);
        }
        return (Object) handle.invokeExact((Object) hub, arguments);
    }

    @Override
    public String toString() {
        return isResolved() ? signature() : name + " (unresolved)";
    }
}
