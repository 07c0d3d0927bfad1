package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.connection.PersistentConnection;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which persistent connection an injected context is for: {@code @Inject @ForConnection(Echo.class) ConnectionContext echo}. The context may be injected before
 * the server has started; sending starts it, if it is the application's to start, or fails as {@code GlobalHost} does.
 */
@Qualifier @Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface ForConnection {

    /** The class that is mapped. */
    Class<? extends PersistentConnection> value();
}
