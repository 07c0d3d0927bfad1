package io.hubwire.signalr.hosting.validation;

import io.hubwire.signalr.hub.ArgumentValidator;
import io.hubwire.signalr.hub.ArgumentViolation;
import io.hubwire.signalr.hub.HubBase;
import io.hubwire.signalr.hub.HubException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.MethodDescriptor;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Constraints as a provider of Jakarta Validation finds them, by annotations or XML, on a method or on what it overrides. */
final class ConstraintValidation implements ArgumentValidator {
    private final ValidatorFactory factory;
    private final Validator validator;
    private final Map<Method, Boolean> constrained = new ConcurrentHashMap<>(); // one a hub method

    private ConstraintValidation(ValidatorFactory factory) {
        this.factory = factory;
        this.validator = factory.getValidator();
    }

    /**
     * Starts the provider that the thread's context class loader finds; empty when there is none.
     *
     * @throws jakarta.validation.ValidationException when it cannot start
     */
    static Optional<ArgumentValidator> start() {
        try {
            return Optional.of(new ConstraintValidation(Validation.buildDefaultValidatorFactory()));
        } catch (NoProviderFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void validate(HubBase<?> hub, Method method, Object[] arguments) {
        if (constrained.computeIfAbsent(method, unknown -> isConstrained(hub.getClass(), unknown))) {
            Set<? extends ConstraintViolation<?>> violations =
                    validator.forExecutables().validateParameters(hub, method, arguments);
            if (!violations.isEmpty()) {
                throw refusal(violations);
            }
        }
    }

    private boolean isConstrained(Class<?> hub, Method method) {
        MethodDescriptor found = validator
                .getConstraintsForClass(hub)
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        return found != null
                && (found.hasConstrainedParameters()
                        || found.getParameterDescriptors().stream().anyMatch(parameter -> !parameter
                                .getConstrainedContainerElementTypes()
                                .isEmpty()));
    }

    private static HubException refusal(Set<? extends ConstraintViolation<?>> violations) {
        List<ArgumentViolation> found = violations.stream()
                .map(violation -> new ArgumentViolation(path(violation.getPropertyPath()), violation.getMessage()))
                .sorted(Comparator.comparing(ArgumentViolation::path).thenComparing(ArgumentViolation::message))
                .toList();
        String text = found.stream()
                .map(violation -> (violation.path() + " " + violation.message()).strip())
                .collect(Collectors.joining("; ", "The arguments are not valid: ", "."));
        return new HubException(text, found);
    }

    /** From the parameter on: what the method is called inside, or that there is one, is nothing to a client. */
    private static String path(Path path) {
        StringBuilder text = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.CROSS_PARAMETER) {
                boolean further = text.length() > 0 && !node.toString().isEmpty();
                text.append(further && !node.toString().startsWith("[") ? "." : "")
                        .append(node);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        factory.close();
    }
}
