package io.hubwire.signalr.config.setting;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a setting stands in the file. Either an attribute of an element, or the value of an {@code <add>} in a collection, as .NET writes them.
 *
 * @param element names of elements below the root, joined by slashes: {@code signalr/transports}
 * @param attribute that has the value
 * @param key of the {@code <add>}; empty when the attribute stands in the element itself
 */
public record Place(String element, String attribute, Optional<Key> key) {

    /** What tells one {@code <add>} of a collection from the others. */
    public record Key(String attribute, String value) {}

    /** An attribute of an element. */
    public static Place of(String element, String attribute) {
        return new Place(element, attribute, Optional.empty());
    }

    /**
     * The value of one {@code <add>} in a collection.
     *
     * @param keyAttribute tells it from the others
     * @param valueAttribute has the value
     */
    public static Place added(String collection, String keyAttribute, String key, String valueAttribute) {
        return new Place(collection, valueAttribute, Optional.of(new Key(keyAttribute, key)));
    }

    /** A value of {@code appSettings}. */
    public static Place appSetting(String key) {
        return added("appSettings", "key", key, "value");
    }

    /** One of the {@code connectionStrings}. */
    public static Place connectionString(String name) {
        return added("connectionStrings", "name", name, "connectionString");
    }

    /** The element that has the value in a file; the first, if there are several. */
    Optional<ConfigElement> find(ConfigElement root) {
        Stream<ConfigElement> found = Stream.of(root);
        for (String name : path()) {
            found = found.flatMap(parent -> parent.children(name));
        }
        Stream<ConfigElement> holders = key.isEmpty() ? found : found.flatMap(this::added);
        return holders.filter(holder -> holder.text(attribute).isPresent()).findFirst();
    }

    private Stream<ConfigElement> added(ConfigElement collection) {
        Key wanted = key.orElseThrow();
        return collection.children("add").filter(add -> add.text(wanted.attribute())
                .equals(Optional.of(wanted.value())));
    }

    private List<String> path() {
        return List.of(element.split("/", -1));
    }

    @Override
    public String toString() {
        return element + key.map(add -> "/add[" + add.value() + "]").orElse("") + "/@" + attribute;
    }
}
