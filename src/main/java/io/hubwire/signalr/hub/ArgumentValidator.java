package io.hubwire.signalr.hub;

import java.lang.reflect.Method;
import java.util.ServiceLoader;

/**
 * Looks at the arguments of a call, bound to the method's parameters, before the method gets them: inside of all modules, so after every authorization. Called
 * on worker threads, many at a time.
 */
public interface ArgumentValidator extends AutoCloseable {

    /**
     * Lets arguments pass or refuses them.
     *
     * @param method as it was written in the hub's class or a supertype
     * @param arguments as many as the method has parameters; not to be changed
     * @throws HubException in words for the caller, with {@link ArgumentViolation}s as data
     */
    void validate(HubBase<?> hub, Method method, Object[] arguments);

    /** Lets go of what is held. Called once, when no call can come any more. */
    @Override
    void close();

    /** The validator that is there as a {@link ServiceLoader} service, that of Jakarta Validation for example; {@link #none} when there is none. */
    static ArgumentValidator find(ClassLoader loader) {
        return ServiceLoader.load(ArgumentValidator.class, loader).findFirst().orElseGet(ArgumentValidator::none);
    }

    /** Lets everything pass. */
    static ArgumentValidator none() {
        return NoValidation.INSTANCE;
    }
}
