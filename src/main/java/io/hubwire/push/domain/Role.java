package io.hubwire.push.domain;

import java.util.Arrays;
import java.util.Optional;

/** What an account may be, besides someone who can sign in; its name stands in bearer tokens (claim {@code roles}) and in {@code @Authorize}. */
public enum Role {
    /** Everyone who has an account. */
    USER(Role.USER_NAME),
    /** Sees the state of the server, users and groups included, and may drain it. */
    OPERATOR(Role.OPERATOR_NAME),
    /** The password is published; works while demo users are enabled. */
    DEMO(Role.DEMO_NAME);

    /** For annotations. */
    public static final String OPERATOR_NAME = "Operator";

    static final String USER_NAME = "user";
    static final String DEMO_NAME = "demo";

    private final String roleName;

    Role(String roleName) {
        this.roleName = roleName;
    }

    /** As in tokens; its case matters. */
    public String roleName() {
        return roleName;
    }

    /** The role of a name, in any case. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.roleName.equalsIgnoreCase(name))
                .findFirst();
    }
}
