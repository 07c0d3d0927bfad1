package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.hub.HubBase;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which hub an injected context is for: {@code @Inject @ForHub(ChatHub.class) HubContext<ClientProxy> chat}. The context may be injected before
 * the server has started; calling clients starts it, if it is the application's to start, or fails as {@code GlobalHost} does.
 */
@Qualifier @Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface ForHub {

    /** The hub's class, as it was found at deployment. */
    Class<? extends HubBase<?>> value();
}
