package io.hubwire.push.service;

import io.hubwire.push.service.Registration.Newcomer;
import java.util.List;
import java.util.Set;

/**
 * Accounts with published passwords, to try the application with.
 *
 * @param enabled whether they are made on the first start, shown, and able to sign in
 */
public record DemoUsers(boolean enabled) {
    /** Marks an account whose password everyone knows. */
    static final String ROLE = "demo";

    private static final List<Newcomer> ALL =
            List.of(demo("alice", "Alice Archer"), demo("bob", "Bob Baker"), demo("carol", "Carol Cook"));

    /** Empty unless they are enabled. */
    public List<Newcomer> shown() {
        return enabled ? ALL : List.of();
    }

    /** Makes them when they are enabled and there is nobody yet. */
    public void register(Registration registration) {
        if (enabled) {
            registration.addFirst(ALL);
        }
    }

    private static Newcomer demo(String name, String displayName) {
        return new Newcomer(name, displayName, "demo-" + name, Set.of("user", ROLE));
    }
}
