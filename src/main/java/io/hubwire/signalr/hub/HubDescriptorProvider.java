package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JavaTypes;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a hub class offers to clients, by reflection and once (protocol §6.2, §6.3). */
final class HubDescriptorProvider {
    private static final MethodType INVOKER = MethodType.methodType(Object.class, Object.class, Object[].class);

    /** What a container calls, not a client. By name: the annotations need not be on the class path. */
    private static final Set<String> CONTAINER_CALLBACKS = Set.of(
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "jakarta.inject.Inject",
            "jakarta.enterprise.inject.Produces",
            "jakarta.enterprise.inject.Disposes",
            "jakarta.enterprise.event.Observes",
            "jakarta.enterprise.event.ObservesAsync",
            "jakarta.interceptor.AroundInvoke");

    private static final Set<Signature> NEVER = overridable(Object.class, HubBase.class, Hub.class, TypedHub.class);
    private static final Set<Signature> NEVER_IN_RESOURCES =
            overridable(Object.class, HubBase.class, Hub.class, TypedHub.class, AutoCloseable.class);

    private HubDescriptorProvider() {}

    /** Whether a class can be a hub: public, also when nested, not abstract, buildable without an outer instance. */
    static boolean isHub(Class<?> type) {
        int modifiers = type.getModifiers();
        return HubBase.class.isAssignableFrom(type)
                && Modifier.isPublic(modifiers)
                && !Modifier.isAbstract(modifiers)
                && !type.isSynthetic()
                && !type.isLocalClass()
                && !type.isAnonymousClass()
                && (!type.isMemberClass() || Modifier.isStatic(modifiers));
    }

    /** @throws IllegalArgumentException when the class cannot be a hub, or not by this name */
    static HubDescriptor describe(Class<?> type) {
        if (!isHub(type)) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " cannot be a hub: a hub is a public class that extends Hub or TypedHub, neither abstract nor an inner class without 'static'.");
        }
        @SuppressWarnings("unchecked") // isHub has seen that it extends HubBase
        Class<? extends HubBase<?>> hub = (Class<? extends HubBase<?>>) type;
        HubName annotation = type.getDeclaredAnnotation(HubName.class);
        String name = annotation == null ? type.getSimpleName() : annotation.value();
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException("The hub name '" + name + "' is invalid. " + type.getName()
                    + " needs a name that is not empty and has no dot in it.");
        }
        TypeArguments types = TypeArguments.of(type);
        MethodTable methods = new MethodTable(callable(type, types));
        Class<?> clientType = JavaTypes.rawClass(types.resolve(HubBase.class.getTypeParameters()[0]));
        return new HubDescriptor(hub, clientType, name, annotation != null, methods);
    }

    private static List<MethodDescriptor> callable(Class<?> hub, TypeArguments types) {
        Set<Signature> excluded = notForClients(hub);
        List<MethodDescriptor> callable = new ArrayList<>();
        for (Method method : hub.getMethods()) {
            Method declared = declaration(method);
            if (declared != null && isCallable(declared) && !excluded.contains(Signature.of(declared))) {
                callable.add(describe(method, declared, types));
            }
        }
        return callable;
    }

    private static boolean isCallable(Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && method.getTypeParameters().length == 0
                && !isContainerCallback(method);
    }

    private static boolean isContainerCallback(Method method) {
        Stream<AnnotatedElement> elements = Stream.concat(Stream.of(method), Arrays.stream(method.getParameters()));
        return elements.flatMap(element -> Arrays.stream(element.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(type -> CONTAINER_CALLBACKS.contains(type.getName()));
    }

    /**
     * The method as it was written: itself, or, when the compiler made it public by a bridge, the one in a superclass that is not public. Null for what the
     * compiler made for other reasons.
     */
    private static Method declaration(Method method) {
        if (!method.isSynthetic()) {
            return method;
        }
        for (Class<?> type = method.getDeclaringClass().getSuperclass(); type != null; type = type.getSuperclass()) {
            for (Method declared : type.getDeclaredMethods()) {
                if (!declared.isSynthetic()
                        && declared.getReturnType() == method.getReturnType()
                        && Signature.of(declared).equals(Signature.of(method))) {
                    return Modifier.isPublic(type.getModifiers()) ? null : declared;
                }
            }
        }
        return null;
    }

    /** What is first declared in Object, in the hub base classes, or as the end of a resource: never callable, however it is overridden. */
    private static Set<Signature> notForClients(Class<?> hub) {
        return AutoCloseable.class.isAssignableFrom(hub) ? NEVER_IN_RESOURCES : NEVER;
    }

    private static Set<Signature> overridable(Class<?>... types) {
        return Arrays.stream(types)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .map(Signature::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static MethodDescriptor describe(Method called, Method declared, TypeArguments types) {
        HubMethodName annotation = declared.getAnnotation(HubMethodName.class);
        String name = annotation == null ? declared.getName() : annotation.value();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The hub method " + declared + " needs a name that is not empty.");
        }
        Type[] parameterTypes = declared.getGenericParameterTypes();
        List<MethodDescriptor.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < parameterTypes.length - progress(parameterTypes); i++) {
            parameters.add(new MethodDescriptor.Parameter(
                    declared.getParameters()[i].getName(), types.resolve(parameterTypes[i])));
        }
        Class<?> returnType = JavaTypes.rawClass(types.resolve(declared.getGenericReturnType()));
        return MethodDescriptor.of(name, annotation != null, parameters, returnType, handle(called), declared);
    }

    /** How many parameters at the end are no arguments: one if the last is a progress (protocol §6.3). */
    private static int progress(Type[] parameterTypes) {
        int last = parameterTypes.length - 1;
        return last >= 0 && JavaTypes.rawClass(parameterTypes[last]) == Progress.class ? 1 : 0;
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(method)
                    .asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(INVOKER);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "The hub method " + method + " cannot be called: its module does not export its package.", e);
        }
    }

    /** What makes one method override another. */
    private record Signature(String name, List<Class<?>> parameters) {

        static Signature of(Method method) {
            return new Signature(method.getName(), List.of(method.getParameterTypes()));
        }
    }
}
