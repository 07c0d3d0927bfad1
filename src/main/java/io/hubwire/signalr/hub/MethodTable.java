package io.hubwire.signalr.hub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A hub's methods by name, in any case, and argument count. Everything is decided when it is built: what clients ask for leaves no trace, so that made-up
 * names cost no memory.
 */
final class MethodTable {
    private static final Comparator<MethodDescriptor> ORDER = Comparator.comparing(MethodDescriptor::name)
            .thenComparing(method -> method.parameters().size())
            .thenComparing(MethodDescriptor::signature);

    private final List<MethodDescriptor> methods;
    private final Map<String, List<MethodDescriptor>> byName = new HashMap<>();

    MethodTable(List<MethodDescriptor> found) {
        this.methods = found.stream().sorted(ORDER).toList();
        for (MethodDescriptor method : methods) {
            byName.computeIfAbsent(lowerCase(method.name()), name -> new ArrayList<>())
                    .add(method);
        }
        for (MethodDescriptor method : methods) {
            // most clients spell a name as it was declared: no new string then
            byName.put(method.name(), byName.get(lowerCase(method.name())));
        }
    }

    /** By name, then number of parameters. */
    List<MethodDescriptor> methods() {
        return methods;
    }

    /** The one method of this name and count, or a stand-in that tells why there is none. */
    MethodDescriptor resolve(String name, int argumentCount) {
        List<MethodDescriptor> namesakes = namesakes(name);
        MethodDescriptor match = null;
        for (MethodDescriptor candidate : namesakes) {
            if (candidate.parameters().size() == argumentCount) {
                if (match != null) {
                    return unresolved(name, namesakes);
                }
                match = candidate;
            }
        }
        return match != null ? match : unresolved(name, namesakes);
    }

    /** Groups of methods that no call can tell apart. */
    List<List<MethodDescriptor>> ambiguous() {
        Map<String, List<MethodDescriptor>> groups = methods.stream()
                .collect(Collectors.groupingBy(method ->
                        lowerCase(method.name()) + '/' + method.parameters().size()));
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }

    private List<MethodDescriptor> namesakes(String name) {
        List<MethodDescriptor> asDeclared = byName.get(name);
        return asDeclared != null ? asDeclared : byName.getOrDefault(lowerCase(name), List.of());
    }

    // captures 05077 to 05104; unlike the original, a name in the wrong case finds its candidates too
    private static MethodDescriptor unresolved(String name, List<MethodDescriptor> candidates) {
        String reason = "'" + name + "' method could not be resolved. ";
        if (candidates.isEmpty()) {
            return MethodDescriptor.unresolved(name, reason + "No method found with that name.");
        }
        String signatures = candidates.stream().map(MethodDescriptor::signature).collect(Collectors.joining("\n"));
        return MethodDescriptor.unresolved(name, reason + "Potential candidates are: \n" + signatures);
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
