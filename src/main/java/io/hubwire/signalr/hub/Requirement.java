package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One thing that a hub or a method declares about who may use it. */
sealed interface Requirement {

    /** What makes or finds the authorizer of a class. */
    interface Authorizers extends Function<Class<? extends HubAuthorizer>, HubAuthorizer> {}

    boolean admits(HubDescriptor hub, HostRequest request, Authorizers authorizers);

    boolean admits(HubIncomingContext call, boolean appliesToMethod, Authorizers authorizers);

    /** The roles that it asks about; an authorizer of the application may ask about others. */
    Set<String> roles();

    /** Whether, standing on a method, it takes the place of such a one on the hub. */
    default boolean isStandard() {
        return false;
    }

    /** An {@link Authorize}. */
    record Rule(AuthorizationRule rule, Class<? extends HubAuthorizer> by) implements Requirement {

        @Override
        public Set<String> roles() {
            return rule.roles();
        }

        @Override
        public boolean admits(HubDescriptor hub, HostRequest request, Authorizers authorizers) {
            return authorizers.apply(by).authorizeHubConnection(rule, hub, request);
        }

        @Override
        public boolean admits(HubIncomingContext call, boolean appliesToMethod, Authorizers authorizers) {
            return authorizers.apply(by).authorizeHubMethodInvocation(rule, call, appliesToMethod);
        }
    }

    /** An annotation of {@code jakarta.annotation.security}; on a method it replaces the one on the class (Jakarta Annotations §2.11). */
    record Standard(SecurityAnnotation annotation) implements Requirement {

        @Override
        public Set<String> roles() {
            return annotation.roles();
        }

        @Override
        public boolean admits(HubDescriptor hub, HostRequest request, Authorizers authorizers) {
            return annotation.admits(request);
        }

        @Override
        public boolean admits(HubIncomingContext call, boolean appliesToMethod, Authorizers authorizers) {
            return annotation.admits(call.caller().request());
        }

        @Override
        public boolean isStandard() {
            return true;
        }
    }

    /** What a hub class and its superclasses declare. */
    static List<Requirement> declaredBy(Class<?> hub) {
        List<AnnotatedElement> elements = new ArrayList<>();
        for (Class<?> type = hub; type != null; type = type.getSuperclass()) {
            elements.add(type);
        }
        return declaredBy(elements);
    }

    /** What a method and those that it overrides declare. */
    static List<Requirement> declaredBy(Method method) {
        List<AnnotatedElement> elements = new ArrayList<>();
        for (Class<?> type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
            declared(type, method).ifPresent(elements::add);
        }
        return declaredBy(elements);
    }

    private static Optional<Method> declared(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> !candidate.isSynthetic()
                        && candidate.getName().equals(method.getName())
                        && Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes()))
                .findFirst();
    }

    /** Of the standard annotations the one nearest to the hub or method counts, of ours all. */
    private static List<Requirement> declaredBy(List<AnnotatedElement> elements) {
        List<Requirement> requirements = new ArrayList<>();
        elements.stream()
                .map(SecurityAnnotation::on)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(found -> requirements.add(new Standard(found)));
        for (AnnotatedElement element : elements) {
            for (Authorize declared : element.getDeclaredAnnotationsByType(Authorize.class)) {
                requirements.add(new Rule(AuthorizationRule.of(declared), declared.by()));
            }
        }
        return List.copyOf(requirements);
    }
}
