package io.hubwire.signalr.hub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may take part in a hub or call its method; without any criterion, whoever is authenticated (protocol §10.1). May be repeated, and is inherited from
 * superclasses and overridden methods: all that apply must be met.
 *
 * <p>On a hub it decides about connections ({@link #requireOutgoing}) and about every call; on a method about calls of that method. A connection that
 * names no hub it may take part in gets 401 or 403; a call that is denied fails, and the client hears of it as of any failure of a hub method.
 */
@Documented
@Repeatable(Authorize.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Authorize {

    /** Names of which the user must have one, in any case; an element may hold several, separated by commas. */
    String[] users() default {};

    /** Roles of which the user must have one; an element may hold several, separated by commas. */
    String[] roles() default {};

    /** Claims that the user's principal must all have; only a {@link io.hubwire.signalr.hosting.ClaimsPrincipal} has any. */
    Claim[] claims() default {};

    /**
     * Whether taking part, and so receiving, needs authorization too; false leaves only calls to be authorized. Without meaning on a method, whose
     * calls are all that it can decide about.
     */
    boolean requireOutgoing() default true;

    /** Decides in place of the criteria, or in addition to them; made once per deployment, with injection where there is CDI. */
    Class<? extends HubAuthorizer> by() default HubAuthorizer.class;

    /** A claim that must be there. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Claim {

        /** As the principal spells it. */
        String name();

        /** Of which the claim must have one; none: any value will do. */
        String[] values() default {};
    }

    /** What the compiler makes of several. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface List {
        Authorize[] value();
    }
}
