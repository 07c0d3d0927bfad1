package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JavaTypes;
import io.hubwire.signalr.protocol.JsonShape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes shapes as TypeScript. Types with a name of their own are declared once, whatever uses them; two of one simple name are numbered.
 * Serves one file.
 */
final class TypeScriptTypes {
    private static final Pattern ONE_WORD = Pattern.compile("[\\w$.]+");

    /** What a declaration must not hide from the others, or cannot be called. */
    private static final Set<String> TAKEN =
            Set.of("All", "Array", "JQuery", "JQueryPromise", "SignalR", "any", "boolean", "number", "string", "void");

    private final Set<String> names = new HashSet<>(TAKEN);
    private final Map<String, String> namesByType = new HashMap<>();
    private final Queue<String> pending = new ArrayDeque<>();
    private final Map<String, JsonShape> shapesByName = new HashMap<>();

    /** A name that nothing else in the file has. */
    String newName(String wanted) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    /** The type as it is written where it is used. */
    String text(JsonShape shape) {
        if (shape instanceof JsonShape.Nullable optional) {
            return text(optional.value()) + " | null";
        } else if (shape instanceof JsonShape.Sequence sequence) {
            String element = text(sequence.elements());
            return ONE_WORD.matcher(element).matches() ? element + "[]" : "Array<" + element + ">";
        } else if (shape instanceof JsonShape.Dictionary dictionary) {
            return "{ [key: string]: " + text(dictionary.values()) + " }";
        } else if (shape instanceof JsonShape.Enumeration enumeration) {
            return named(enumeration.type(), shape);
        } else if (shape instanceof JsonShape.Structure structure) {
            return named(structure.type(), shape);
        }
        return simple((JsonShape.Simple) shape);
    }

    private static String simple(JsonShape.Simple shape) {
        return switch (shape) {
            case TEXT -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case ANY -> "any";
        };
    }

    private String named(Type type, JsonShape shape) {
        String known = namesByType.get(key(type));
        if (known != null) {
            return known;
        }
        String name = newName(simpleName(type));
        namesByType.put(key(type), name);
        shapesByName.put(name, shape);
        pending.add(name);
        return name;
    }

    /** The same for equal types, whoever has put them together. */
    private static String key(Type type) {
        return type instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments())
                        .map(TypeScriptTypes::key)
                        .collect(
                                Collectors.joining(",", JavaTypes.rawClass(type).getName() + "<", ">"))
                : type.getTypeName();
    }

    /** {@code PageOfOrder} for a {@code Page<Order>}. */
    private static String simpleName(Type type) {
        String raw = JavaTypes.rawClass(type).getSimpleName().replace("[]", "Array");
        return type instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments())
                        .map(TypeScriptTypes::simpleName)
                        .collect(Collectors.joining("And", raw + "Of", ""))
                : raw;
    }

    /** The declarations of all types that were used so far, and of those that they use. */
    String declarations() {
        StringBuilder declarations = new StringBuilder();
        while (!pending.isEmpty()) {
            String name = pending.remove();
            JsonShape shape = shapesByName.get(name);
            declarations
                    .append('\n')
                    .append(
                            shape instanceof JsonShape.Enumeration enumeration
                                    ? declaration(name, enumeration)
                                    : declaration(name, (JsonShape.Structure) shape));
        }
        return declarations.toString();
    }

    private static String declaration(String name, JsonShape.Enumeration enumeration) {
        StringJoiner meanings = new StringJoiner(", ", "    /** ", " */\n");
        StringJoiner numbers = new StringJoiner(" | ");
        enumeration.numbers().forEach((constant, number) -> {
            meanings.add(constant + " = " + number);
            numbers.add(Long.toString(number));
        });
        numbers.setEmptyValue("never");
        return meanings + "    type " + name + " = " + numbers + ";\n";
    }

    private String declaration(String name, JsonShape.Structure structure) {
        StringBuilder members = new StringBuilder();
        structure.members().get().forEach((member, shape) -> members.append("        ")
                .append(member(member))
                .append(": ")
                .append(text(shape))
                .append(";\n"));
        return "    interface " + name + " {\n" + members + "    }\n";
    }

    /** The name of a member, in quotes where it takes them. */
    static String member(String name) {
        return ProxyNames.isIdentifier(name) ? name : ProxyNames.literal(name);
    }
}
