package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What an annotation of {@code jakarta.annotation.security} says. Read by name, since the annotations need not be on the class path.
 *
 * @param roles of which the user must have one, {@code **} meaning whoever is authenticated
 */
record SecurityAnnotation(boolean everybody, Set<String> roles) {
    private static final String PACKAGE = "jakarta.annotation.security.";
    private static final String ANYBODY_AUTHENTICATED = "**";

    /**
     * The one on a class or method.
     *
     * @throws IllegalArgumentException when there are several, which contradict each other
     */
    static Optional<SecurityAnnotation> on(AnnotatedElement element) {
        var found = Arrays.stream(element.getDeclaredAnnotations())
                .flatMap(annotation -> read(annotation).stream())
                .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException(element + " has more than one of RolesAllowed, PermitAll and DenyAll.");
        }
        return found.stream().findFirst();
    }

    private static Optional<SecurityAnnotation> read(Annotation annotation) {
        return switch (annotation.annotationType().getName()) {
            case PACKAGE + "PermitAll" -> Optional.of(new SecurityAnnotation(true, Set.of()));
            case PACKAGE + "DenyAll" -> Optional.of(new SecurityAnnotation(false, Set.of()));
            case PACKAGE + "RolesAllowed" -> Optional.of(new SecurityAnnotation(false, Set.of(value(annotation))));
            default -> Optional.empty();
        };
    }

    private static String[] value(Annotation rolesAllowed) {
        try {
            return (String[]) rolesAllowed.annotationType().getMethod("value").invoke(rolesAllowed);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The roles of " + rolesAllowed + " cannot be read.", e);
        }
    }

    boolean admits(HostRequest request) {
        return everybody || roles.stream().anyMatch(role -> has(request, role));
    }

    private static boolean has(HostRequest request, String role) {
        return role.equals(ANYBODY_AUTHENTICATED) ? request.user().isPresent() : request.isUserInRole(role);
    }
}
