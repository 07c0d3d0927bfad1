package io.hubwire.signalr.config.setting;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which elements and attributes a file may have: those of settings, those of sections that somebody else reads, and those that ASP.NET has and nobody here needs.
 * Everything else is a problem; so is an element of settings that stands there twice.
 */
public final class FileStructure {
    private static final String ROOT = "configuration";

    private final Map<String, Set<String>> attributes = new HashMap<>(); // by path of the element
    private final Set<String> sections = new LinkedHashSet<>();
    private final Set<String> unused;

    /**
     * A structure.
     *
     * @param groups of settings
     * @param sections paths of elements that somebody else reads, with all that is in them: {@code signalr/hubs}
     * @param unused paths of elements that are passed over
     */
    public FileStructure(Collection<SettingGroup> groups, Collection<String> sections, Collection<String> unused) {
        groups.forEach(group -> group.settings().forEach(setting -> know(setting.place())));
        this.sections.addAll(sections);
        this.unused = new LinkedHashSet<>(unused);
    }

    private void know(Place place) {
        if (place.key().isEmpty()) {
            attributes.computeIfAbsent(place.element(), path -> new TreeSet<>()).add(place.attribute());
        }
    }

    /**
     * Checks a file.
     *
     * @return what is in it without being used, each with its line
     */
    public List<String> check(ConfigElement root, Problems problems) {
        if (!root.name().equals(ROOT)) {
            problems.add(root.wrong("the file begins with <" + root.name() + ">, not with <" + ROOT + ">")
                    .getMessage());
            return List.of();
        }
        Set<String> passedOver = new LinkedHashSet<>();
        check(root, "", problems, passedOver);
        return List.copyOf(passedOver);
    }

    private void check(ConfigElement element, String path, Problems problems, Set<String> passedOver) {
        problems.in(() -> element.requireAttributesAmong(
                attributes.getOrDefault(path, Set.of()).toArray(String[]::new)));
        Map<String, ConfigElement> seen = new HashMap<>();
        for (ConfigElement child : element.children()) {
            String below = path.isEmpty() ? child.name() : path + "/" + child.name();
            if (unused.contains(below)) {
                passedOver.add(below + " (line " + child.line() + ")");
            } else if (!sections.contains(below)
                    && isKnownOnce(element, child, path, seen.putIfAbsent(child.name(), child), problems)) {
                check(child, below, problems, passedOver);
            }
        }
    }

    private boolean isKnownOnce(
            ConfigElement parent, ConfigElement child, String path, ConfigElement earlier, Problems problems) {
        boolean known = namesBelow(path, Stream.of(attributes.keySet(), sections, unused))
                .contains(child.name());
        if (!known) {
            problems.add(child.wrong("<" + parent.name() + "> has no element <" + child.name() + ">; it has "
                            + listed(namesBelow(path, Stream.of(attributes.keySet(), sections))))
                    .getMessage());
        } else if (earlier != null) {
            problems.add(child.wrong("<" + child.name() + "> stands there already, in line " + earlier.line())
                    .getMessage());
        }
        return known;
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "none that is used here" : String.join(", ", names);
    }

    private static Set<String> namesBelow(String path, Stream<Set<String>> paths) {
        String prefix = path.isEmpty() ? "" : path + "/";
        Set<String> names = new TreeSet<>();
        paths.flatMap(Set::stream)
                .filter(known -> known.startsWith(prefix) && known.length() > prefix.length())
                .map(known -> known.substring(prefix.length()).split("/", -1)[0])
                .forEach(names::add);
        return names;
    }
}
