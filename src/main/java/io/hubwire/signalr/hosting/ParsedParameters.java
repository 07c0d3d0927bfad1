package io.hubwire.signalr.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A handful of parameters, searched one by one: requests have five to ten. */
final class ParsedParameters implements Parameters {
    static final Parameters EMPTY = new ParsedParameters(List.of(), List.of());

    private final List<String> names;
    private final List<String> values;

    private ParsedParameters(List<String> names, List<String> values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public Optional<String> get(String name) {
        int at = indexOf(names, name);
        return at < 0 ? Optional.empty() : Optional.of(values.get(at));
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

    /** Joins namesakes as they come. */
    static final class Builder {
        private final List<String> names = new ArrayList<>();
        private final List<StringBuilder> values = new ArrayList<>();

        void add(String name, String value) {
            int at = indexOf(names, name);
            if (at < 0) {
                names.add(name);
                values.add(new StringBuilder(value));
            } else {
                values.get(at).append(',').append(value);
            }
        }

        Parameters build() {
            return new ParsedParameters(
                    List.copyOf(names),
                    values.stream().map(StringBuilder::toString).toList());
        }
    }
}
