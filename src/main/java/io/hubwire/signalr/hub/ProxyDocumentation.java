package io.hubwire.signalr.hub;

import io.hubwire.signalr.hub.MethodDescriptor.Parameter;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.JsonShape;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** The comments of a documented proxy script (protocol §13.1): what a function takes and gives, in JSDoc's types and in Java's. */
final class ProxyDocumentation {
    private static final String INDENT = "                ";

    private final ProxyTypes types;

    ProxyDocumentation(JsonBinding binding) {
        this.types = new ProxyTypes(binding);
    }

    /** The comment in front of a function, with its line end. */
    String of(HubDescriptor hub, MethodDescriptor method) {
        StringBuilder comment = new StringBuilder(INDENT).append("/**\n");
        List<String> names = ProxyNames.ofParameters(method.parameters());
        for (int i = 0; i < names.size(); i++) {
            Parameter parameter = method.parameters().get(i);
            line(
                    comment,
                    "@param {" + type(types.shape(parameter.type())) + "} " + names.get(i) + " - "
                            + javaName(parameter.type()));
        }
        line(comment, "@returns {" + promise(types.result(hub, method)) + "} " + result(hub, method));
        return comment.append(INDENT).append(" */\n").toString();
    }

    private String result(HubDescriptor hub, MethodDescriptor method) {
        String result = javaName(ProxyTypes.resultType(hub, method));
        return types.progress(hub, method)
                .map(progress -> result + ", with progress of {" + type(progress) + "}")
                .orElse(result);
    }

    private static void line(StringBuilder comment, String text) {
        comment.append(INDENT).append(" * ").append(text).append('\n');
    }

    private static String promise(Optional<JsonShape> result) {
        return "JQueryPromise<" + result.map(ProxyDocumentation::type).orElse("void") + ">";
    }

    private static String javaName(Type type) {
        return type.getTypeName().replaceAll("[A-Za-z0-9_$]+\\.", "").replace('$', '.');
    }

    private static String type(JsonShape shape) {
        if (shape instanceof JsonShape.Nullable optional) {
            return "?" + type(optional.value());
        } else if (shape instanceof JsonShape.Sequence sequence) {
            return "Array<" + type(sequence.elements()) + ">";
        } else if (shape instanceof JsonShape.Dictionary dictionary) {
            return "Object<string, " + type(dictionary.values()) + ">";
        } else if (shape instanceof JsonShape.Enumeration) {
            return "number";
        } else if (shape instanceof JsonShape.Simple simple) {
            return switch (simple) {
                case TEXT -> "string";
                case NUMBER -> "number";
                case BOOLEAN -> "boolean";
                case ANY -> "*";
            };
        }
        return "Object";
    }
}
