package io.hubwire.signalr.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A handful of parameters, searched one by one: requests have five to ten. */
final class ParsedParameters implements Parameters {
    static final Parameters EMPTY = new ParsedParameters(List.of(), List.of());

    private final List<String> names;
    private final List<List<String>> values;

    private ParsedParameters(List<String> names, List<List<String>> values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public Optional<String> get(String name) {
        int at = indexOf(names, name);
        return at < 0 ? Optional.empty() : Optional.of(joined(values.get(at)));
    }

    private static String joined(List<String> namesakes) {
        return namesakes.size() == 1 ? namesakes.get(0) : String.join(",", namesakes);
    }

    @Override
    public List<String> values(String name) {
        int at = indexOf(names, name);
        return at < 0 ? List.of() : values.get(at);
    }

    @Override
    public List<String> names() {
        return names;
    }

    private static int indexOf(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Gathers namesakes as they come. */
    static final class Builder {
        private final List<String> names = new ArrayList<>();
        private final List<List<String>> values = new ArrayList<>();

        void add(String name, String value) {
            int at = indexOf(names, name);
            if (at < 0) {
                names.add(name);
                values.add(new ArrayList<>(List.of(value)));
            } else {
                values.get(at).add(value);
            }
        }

        Parameters build() {
            return new ParsedParameters(
                    List.copyOf(names), values.stream().map(List::copyOf).toList());
        }
    }
}
