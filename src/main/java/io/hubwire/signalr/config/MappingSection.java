package io.hubwire.signalr.config;

import io.hubwire.signalr.config.WebConfig.ConnectionMapping;
import io.hubwire.signalr.config.WebConfig.HubMapping;
import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.config.setting.ConfigElement;
import io.hubwire.signalr.config.setting.Problems;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hub.HubConfiguration;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code configuration/signalr}: what is mapped where, and who may reach it. */
final class MappingSection {
    private static final String DEFAULT_PATH = "/signalr";
    private static final Pattern SEGMENTS = Pattern.compile("(/(?!\\.{1,2}(/|$))[^/\\s?#*;%\\\\]+)+");

    private final ClassLoader types;
    private final HubConfiguration defaults;
    private final List<HubMapping> hubs = new ArrayList<>();
    private final List<ConnectionMapping> connections = new ArrayList<>();
    private final Map<String, ConfigElement> taken = new HashMap<>(); // by path in lower case
    private final AuthorizationSection authorization = new AuthorizationSection();

    MappingSection(ClassLoader types, HubConfiguration defaults) {
        this.types = types;
        this.defaults = defaults;
    }

    void read(ConfigElement signalr, Problems problems) {
        signalr.children("hubs").forEach(element -> problems.in(() -> hubs.add(hubs(element))));
        signalr.children("connection").forEach(element -> problems.in(() -> connections.add(connection(element))));
        signalr.children("authorization").forEach(element -> authorization.read(element, problems));
    }

    List<HubMapping> hubs() {
        return hubs;
    }

    List<ConnectionMapping> connections() {
        return connections;
    }

    List<PathRule> rules() {
        return authorization.result();
    }

    private HubMapping hubs(ConfigElement element) {
        element.requireAttributesAmong("path", "detailedErrors", "javaScriptProxies", "jsonp");
        element.requireChildrenAmong();
        HubConfiguration configuration = new HubConfiguration(
                element.flag("detailedErrors", defaults.detailedErrors()),
                element.flag("javaScriptProxies", defaults.javaScriptProxies()),
                element.flag("jsonp", defaults.jsonp()));
        return new HubMapping(path(element, element.text("path").orElse(DEFAULT_PATH)), configuration);
    }

    private ConnectionMapping connection(ConfigElement element) {
        element.requireAttributesAmong("path", "type", "jsonp");
        element.requireChildrenAmong();
        ConnectionConfiguration configuration = new ConnectionConfiguration(element.flag("jsonp", defaults.jsonp()));
        return new ConnectionMapping(
                path(element, element.requiredText("path")),
                type(element, element.requiredText("type")),
                configuration);
    }

    /** A path in the form that mappings compare; refused unless it can be matched. */
    static String belowRoot(ConfigElement element, String text) {
        String path = HostMapping.normalize(text);
        if (!SEGMENTS.matcher(path).matches()) {
            throw element.wrong(
                    "path",
                    text,
                    "must be a path below the root, such as /echo, without empty or dot segments, white space or any of ?#*;%\\");
        }
        return path;
    }

    private String path(ConfigElement element, String text) {
        String path = belowRoot(element, text);
        ConfigElement other = taken.putIfAbsent(path.toLowerCase(Locale.ROOT), element);
        if (other != null) {
            throw element.wrong(
                    "path", text, "is mapped already, in line " + other.line() + "; case makes no difference");
        }
        return path;
    }

    private Class<? extends PersistentConnection> type(ConfigElement element, String name) {
        Class<?> type;
        try {
            type = Class.forName(name, false, types);
        } catch (ClassNotFoundException | LinkageError e) {
            throw element.wrong(
                    "type",
                    name,
                    "must be the full name of a class of the application, and there is none of this name");
        }
        if (!PersistentConnection.class.isAssignableFrom(type)) {
            throw element.wrong("type", name, "must extend " + PersistentConnection.class.getName());
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw element.wrong("type", name, "must not be abstract");
        }
        return type.asSubclass(PersistentConnection.class);
    }
}
