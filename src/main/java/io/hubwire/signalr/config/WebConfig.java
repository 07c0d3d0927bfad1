package io.hubwire.signalr.config;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.HubConfiguration;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code web.config} says:
 *
 * <pre>{@code
 * <configuration>
 *   <signalr>
 *     <hubs path="/signalr" detailedErrors="false" javaScriptProxies="true" jsonp="false"/>
 *     <connection path="/echo" type="com.example.Echo" jsonp="false"/>
 *     <authorization>
 *       <require path="/admin" roles="Admin, Operator" users="alice, bob">
 *         <claim name="department" values="sales, support"/>
 *       </require>
 *       <allow path="/admin/help"/>
 *     </authorization>
 *   </signalr>
 * </configuration>
 * }</pre>
 *
 * <p>Any number of both. {@code path} lies below the context path, in whatever case; that of hubs is {@code /signalr} when it is left out. {@code type} is the full name of a
 * class that extends {@link PersistentConnection}. The options have the defaults above. Names are case-sensitive, and one that is unknown is refused. Immutable.
 *
 * <p>A {@code require} wants an authenticated user who has one of the users' names and one of the roles that it lists, and each claim in it with one of its values (or
 * any, when it lists none); {@code allow} wants nothing. The rule with the longest path that the request's path begins with decides, on a segment boundary and in any
 * case; the order in the file has no meaning. What no rule covers is open, as without a file; {@code path="/"} covers everything.
 *
 * @param hubs where all hubs are mapped
 * @param connections the persistent connections
 * @param rules who may reach what, of the whole application
 */
public record WebConfig(List<HubMapping> hubs, List<ConnectionMapping> connections, List<PathRule> rules) {

    /** Nothing is configured. */
    public static final WebConfig EMPTY = new WebConfig(List.of(), List.of(), List.of());

    public WebConfig {
        hubs = List.copyOf(hubs);
        connections = List.copyOf(connections);
        rules = List.copyOf(rules);
    }

    /**
     * All hubs at a path.
     *
     * @param path with a leading slash and none at the end
     */
    public record HubMapping(String path, HubConfiguration configuration) {}

    /**
     * A type of persistent connection at a path.
     *
     * @param path with a leading slash and none at the end
     */
    public record ConnectionMapping(
            String path, Class<? extends PersistentConnection> type, ConnectionConfiguration configuration) {}

    /**
     * Who may reach a path and what lies below it.
     *
     * @param path with a leading slash and none at the end, but for {@code /} itself
     * @param required empty: nothing is
     */
    public record PathRule(String path, Optional<AuthorizationRule> required) {}

    /**
     * Reads a file, on the caller's thread. A document type is refused, so nothing outside of the file is read.
     *
     * @param xml closed by the caller
     * @param file its name, for messages
     * @param types loads the classes that the file names, without initializing them
     * @throws ConfigurationException at the first thing that is unknown, malformed or impossible
     */
    public static WebConfig read(InputStream xml, String file, ClassLoader types) {
        ConfigElement root = ConfigFile.parse(xml, file);
        if (!root.name().equals("configuration")) {
            throw root.wrong("the file begins with <" + root.name() + ">, not with <configuration>");
        }
        root.requireAttributesAmong();
        root.requireChildrenAmong("signalr");
        MappingSection mappings = new MappingSection(types);
        root.children("signalr").forEach(mappings::read);
        return mappings.result();
    }

    /**
     * Adds the mappings to those of a server; the rules are the host's to enforce.
     *
     * @throws IllegalArgumentException when a path is mapped there already
     */
    public void applyTo(SignalRConfig.Builder server) {
        hubs.forEach(mapping -> server.hubs(mapping.path(), mapping.configuration()));
        connections.forEach(mapping -> server.connection(mapping.path(), mapping.type(), mapping.configuration()));
    }

    /** Whether it says nothing. */
    public boolean isEmpty() {
        return hubs.isEmpty() && connections.isEmpty() && rules.isEmpty();
    }
}
