package io.hubwire.signalr.hub;

import io.hubwire.signalr.hub.MethodDescriptor.Parameter;
import io.hubwire.signalr.protocol.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What hubs, methods and parameters are called in scripts (protocol §13.3). */
final class ProxyNames {
    private static final Pattern PLAIN_IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    /** What strict code may not name a parameter, and what would hide something that the script uses. */
    private static final Set<String> RESERVED = Set.of(
            ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if"
                            + " implements import in instanceof interface let new null package private protected public return static super switch this throw"
                            + " true try typeof var void while with yield call")
                    .split(" "));

    private ProxyNames() {}

    /** The member of {@code $.connection} that is the hub's proxy. */
    static String ofProxy(HubDescriptor hub) {
        return hub.isRenamed() ? hub.name() : camelCase(hub.name());
    }

    /** The member of the proxy's {@code server} that calls the method. */
    static String ofFunction(MethodDescriptor method) {
        return method.isRenamed() ? method.name() : camelCase(method.name());
    }

    /** The names only tell the reader what to pass; if one of them would not do in a script, all are numbered. */
    static List<String> ofParameters(List<Parameter> parameters) {
        boolean usable = parameters.stream().map(Parameter::name).allMatch(ProxyNames::isUsable);
        return IntStream.range(0, parameters.size())
                .mapToObj(i -> usable ? parameters.get(i).name() : "arg" + i)
                .toList();
    }

    private static boolean isUsable(String parameter) {
        return isIdentifier(parameter) && !RESERVED.contains(parameter);
    }

    /** Whether a name can be the member of an object without quotes. */
    static boolean isIdentifier(String name) {
        return PLAIN_IDENTIFIER.matcher(name).matches();
    }

    /** A string literal that is safe in a script, wherever the script is put. */
    static String literal(String text) {
        return Json.escapeHtml(Json.quote(text));
    }

    private static String camelCase(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
