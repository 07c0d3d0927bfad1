package io.hubwire.signalr.hub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The hub's name on the wire, verbatim, in place of its class name (protocol §6.2). Not inherited. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface HubName {

    /** Must be non-empty and without a dot. */
    String value();
}
