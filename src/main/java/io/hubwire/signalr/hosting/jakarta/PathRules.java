package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.RequestPath;
import io.hubwire.signalr.hub.AuthorizationRule;
import java.security.Principal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who may reach which path. The rule with the longest path decides; what none covers is open. Safe for any thread. */
final class PathRules {
    private static final Comparator<PathRule> LONGEST_FIRST =
            Comparator.comparingInt((PathRule rule) -> rule.path().length()).reversed();

    private volatile List<PathRule> rules = List.of();

    /** What becomes of a request. */
    enum Verdict {
        ALLOWED,
        /** Nobody's, and somebody's is wanted: 401. */
        ANONYMOUS,
        /** Of somebody who does not meet the rule: 403. */
        FORBIDDEN
    }

    /**
     * Adds a rule; from the next request on.
     *
     * @throws IllegalArgumentException when the path has one, in whatever case
     */
    void add(PathRule added) {
        PathRule normal = new PathRule(HostMapping.normalize(added.path()), added.required());
        synchronized (this) {
            if (rules.stream().anyMatch(rule -> rule.path().equalsIgnoreCase(normal.path()))) {
                throw new IllegalArgumentException("The path " + added.path() + " has a rule already.");
            }
            rules = Stream.concat(rules.stream(), Stream.of(normal))
                    .sorted(LONGEST_FIRST)
                    .toList();
        }
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Judges a request.
     *
     * @param paths all that it can be taken for: each has to be allowed
     */
    Verdict judge(Collection<String> paths, Optional<Principal> user, Predicate<String> isUserInRole) {
        boolean met = paths.stream()
                .flatMap(path -> required(path).stream())
                .allMatch(rule -> rule.isMetBy(user, isUserInRole));
        if (met) {
            return Verdict.ALLOWED;
        }
        return user.isPresent() ? Verdict.FORBIDDEN : Verdict.ANONYMOUS;
    }

    private Optional<AuthorizationRule> required(String path) {
        return rules.stream()
                .filter(rule -> RequestPath.startsWith(path, 0, rule.path()))
                .findFirst()
                .flatMap(PathRule::required);
    }
}
