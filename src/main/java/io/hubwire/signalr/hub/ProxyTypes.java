package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JavaTypes;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.JsonShape;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What a hub's methods take and give, as the binding writes it. */
final class ProxyTypes {
    private final JsonBinding binding;

    ProxyTypes(JsonBinding binding) {
        this.binding = binding;
    }

    JsonShape shape(Type type) {
        return binding.shape(type);
    }

    /** What the call of a method gives when it is done; empty when that is nothing. */
    Optional<JsonShape> result(HubDescriptor hub, MethodDescriptor method) {
        return Optional.of(resultType(hub, method))
                .filter(type -> type != void.class && type != Void.class)
                .map(binding::shape);
    }

    /** The type of a method's result, which a stage or future of it will have. */
    static Type resultType(HubDescriptor hub, MethodDescriptor method) {
        return awaited(TypeArguments.of(hub.type()).resolve(method.declaration().getGenericReturnType()));
    }

    /** What a method reports before it is done. */
    Optional<JsonShape> progress(HubDescriptor hub, MethodDescriptor method) {
        if (!method.takesProgress()) {
            return Optional.empty();
        }
        Method declaration = method.declaration();
        Type last = declaration.getGenericParameterTypes()[declaration.getParameterCount() - 1];
        return Optional.of(binding.shape(argument(TypeArguments.of(hub.type()).resolve(last), Progress.class)));
    }

    /** Those that a call can reach. */
    static List<MethodDescriptor> callable(HubDescriptor hub) {
        List<MethodDescriptor> ambiguous =
                hub.ambiguousMethods().stream().flatMap(List::stream).toList();
        return hub.methods().stream()
                .filter(method -> !ambiguous.contains(method) && !method.bindsProgress())
                .toList();
    }

    private static Type awaited(Type type) {
        Class<?> raw = JavaTypes.rawClass(type);
        return Stream.<Class<?>>of(CompletionStage.class, Future.class)
                .filter(wrapper -> wrapper.isAssignableFrom(raw))
                .findFirst()
                .map(wrapper -> argument(type, wrapper))
                .orElse(type);
    }

    /** What {@code type} fills in for the one parameter of its supertype. */
    private static Type argument(Type type, Class<?> supertype) {
        if (type instanceof ParameterizedType parameterized && parameterized.getActualTypeArguments().length == 1) {
            return parameterized.getActualTypeArguments()[0];
        }
        return TypeArguments.of(JavaTypes.rawClass(type)).resolve(supertype.getTypeParameters()[0]);
    }
}
