package io.hubwire.signalr.hub;

import io.hubwire.signalr.hub.MethodDescriptor.Parameter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** How the methods of a clients' interface become calls by name (protocol §7.6). One for each interface of a deployment; immutable. */
final class ClientContract<C> {
    private static final Object[] NOTHING = {};

    /** A method of the clients, as the interface has it. */
    record ClientMethod(String name, List<Parameter> parameters) {}

    private final Class<C> type;
    private final List<String> violations;
    private final Map<Method, String> names = new HashMap<>();

    private ClientContract(Class<C> type) {
        this.type = type;
        this.violations = List.copyOf(findViolations(type));
        for (Method method : type.getMethods()) {
            HubMethodName annotation = method.getAnnotation(HubMethodName.class);
            names.put(method, annotation == null ? method.getName() : annotation.value());
        }
    }

    /** Reads an interface; whatever is wrong with it is a violation, not an exception. */
    static <C> ClientContract<C> of(Class<C> type) {
        return new ClientContract<>(type);
    }

    /** Why clients cannot be called through the type; empty when they can. */
    List<String> violations() {
        return violations;
    }

    /** What clients can be called; ordered by name, then number of parameters. Empty when they cannot. */
    List<ClientMethod> methods() {
        TypeArguments types = TypeArguments.of(type);
        return !violations.isEmpty() || type == ClientProxy.class
                ? List.of()
                : Arrays.stream(type.getMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .map(method -> new ClientMethod(nameOf(method), parameters(method, types)))
                        .distinct()
                        .sorted(Comparator.comparing(ClientMethod::name)
                                .thenComparing(method -> method.parameters().size())
                                .thenComparing(ClientMethod::toString))
                        .toList();
    }

    private static List<Parameter> parameters(Method method, TypeArguments types) {
        return Arrays.stream(method.getParameters())
                .map(parameter -> new Parameter(parameter.getName(), types.resolve(parameter.getParameterizedType())))
                .toList();
    }

    /**
     * Clients, to be called through the interface.
     *
     * @throws IllegalStateException when the interface does not allow it
     */
    C over(ClientProxy clients) {
        if (type == ClientProxy.class) {
            return type.cast(clients);
        }
        if (!violations.isEmpty()) {
            throw new IllegalStateException(String.join(" ", violations));
        }
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Calls(this, clients)));
    }

    private record Calls(ClientContract<?> contract, ClientProxy clients) implements InvocationHandler {

        @Override
        @SuppressWarnings("BanThrowable") // what a default method throws is passed on as it is
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, arguments);
            }
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            CompletionStage<Void> sent =
                    clients.invoke(contract.nameOf(method), arguments == null ? NOTHING : arguments);
            return method.getReturnType() == void.class ? null : sent;
        }

        private Object ofObject(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> contract.type.getSimpleName() + " of " + clients;
            };
        }
    }

    private String nameOf(Method method) {
        return names.getOrDefault(method, method.getName());
    }

    private static List<String> findViolations(Class<?> type) {
        List<String> found = new ArrayList<>();
        if (type == ClientProxy.class) {
            return found;
        }
        if (!type.isInterface()) {
            found.add("The type " + type.getName() + " passed to TypedHub must be an interface.");
            return found;
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            found.add("The interface " + type.getName() + " passed to TypedHub must be public.");
        }
        TypeArguments types = TypeArguments.of(type);
        Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !returnsNothing(method.getGenericReturnType(), types))
                .map(
                        method -> "The method " + method.toGenericString()
                                + " of a clients' interface must return void or CompletionStage<Void>: clients give no results.")
                .sorted()
                .forEach(found::add);
        return found;
    }

    private static boolean returnsNothing(Type type, TypeArguments types) {
        return type == void.class
                || type == CompletionStage.class
                || (type instanceof ParameterizedType stage
                        && stage.getRawType() == CompletionStage.class
                        && isNothing(stage.getActualTypeArguments()[0], types));
    }

    private static boolean isNothing(Type type, TypeArguments types) {
        return type instanceof WildcardType || types.resolve(type) == Void.class;
    }
}
