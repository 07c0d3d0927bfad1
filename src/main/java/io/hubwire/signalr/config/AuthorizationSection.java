package io.hubwire.signalr.config;

import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.config.setting.ConfigElement;
import io.hubwire.signalr.config.setting.Problems;
import io.hubwire.signalr.hub.AuthorizationRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code configuration/signalr/authorization}: who may reach what. */
final class AuthorizationSection {
    private static final String ROOT = "/";

    private final List<PathRule> rules = new ArrayList<>();
    private final Map<String, ConfigElement> taken = new HashMap<>(); // by path in lower case

    void read(ConfigElement authorization, Problems problems) {
        problems.in(() -> {
            authorization.requireAttributesAmong();
            authorization.requireChildrenAmong("require", "allow");
        });
        authorization.children("require").forEach(rule -> problems.in(() -> rules.add(require(rule))));
        authorization.children("allow").forEach(rule -> problems.in(() -> rules.add(allow(rule))));
    }

    List<PathRule> result() {
        return rules;
    }

    private PathRule allow(ConfigElement element) {
        element.requireAttributesAmong("path");
        element.requireChildrenAmong();
        return new PathRule(path(element), Optional.empty());
    }

    private PathRule require(ConfigElement element) {
        element.requireAttributesAmong("path", "users", "roles");
        element.requireChildrenAmong("claim");
        AuthorizationRule required =
                new AuthorizationRule(names(element, "users"), names(element, "roles"), claims(element), true);
        return new PathRule(path(element), Optional.of(required));
    }

    private static Map<String, Set<String>> claims(ConfigElement element) {
        Map<String, Set<String>> claims = new LinkedHashMap<>();
        element.children("claim").forEach(claim -> {
            claim.requireAttributesAmong("name", "values");
            claim.requireChildrenAmong();
            String name = claim.requiredText("name");
            if (name.isBlank()) {
                throw claim.wrong("name", name, "must not be blank");
            }
            if (claims.putIfAbsent(name, names(claim, "values")) != null) {
                throw claim.wrong("name", name, "is there twice; one element lists all values that will do");
            }
        });
        return claims;
    }

    /** An empty list would be a rule that nobody meets, or everybody: whoever wrote it meant something else. */
    private static Set<String> names(ConfigElement element, String attribute) {
        Optional<String> list = element.text(attribute);
        Set<String> names = list.stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (list.isPresent() && names.isEmpty()) {
            throw element.wrong(attribute, list.get(), "must name at least one, separated by commas");
        }
        return names;
    }

    private String path(ConfigElement element) {
        String text = element.requiredText("path");
        String path = text.equals(ROOT) ? ROOT : MappingSection.belowRoot(element, text);
        ConfigElement other = taken.putIfAbsent(path.toLowerCase(Locale.ROOT), element);
        if (other != null) {
            throw element.wrong(
                    "path", text, "has a rule already, in line " + other.line() + "; case makes no difference");
        }
        return path;
    }
}
