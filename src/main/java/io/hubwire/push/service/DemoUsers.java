package io.hubwire.push.service;

import io.hubwire.push.domain.Role;
import io.hubwire.push.service.Registration.Newcomer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Accounts with published passwords, to try the application with.
 *
 * @param enabled whether they are made on the first start, shown, and able to sign in
 */
public record DemoUsers(boolean enabled) {
    private static final List<Newcomer> ALL = List.of(
            demo("alice", "Alice Archer", Role.USER),
            demo("bob", "Bob Baker", Role.USER),
            demo("carol", "Carol Cook", Role.USER),
            demo("operator", "Olga Operator", Role.USER, Role.OPERATOR));

    /** Empty unless they are enabled. */
    public List<Newcomer> shown() {
        return enabled ? ALL : List.of();
    }

    /** Makes them when they are enabled and there is nobody yet; later those that have come to be among them since. */
    public void register(Registration registration) {
        if (enabled) {
            registration.addDemo(ALL);
        }
    }

    private static Newcomer demo(String name, String displayName, Role... roles) {
        Stream<Role> all = Stream.concat(Stream.of(Role.DEMO), Stream.of(roles));
        return new Newcomer(
                name, displayName, "demo-" + name, all.map(Role::roleName).collect(Collectors.toSet()));
    }
}
