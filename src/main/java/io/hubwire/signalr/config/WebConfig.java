package io.hubwire.signalr.config;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hub.HubConfiguration;
import java.io.InputStream;
import java.util.List;

/**
 * What a {@code web.config} says:
 *
 * <pre>{@code
 * <configuration>
 *   <signalr>
 *     <hubs path="/signalr" detailedErrors="false" javaScriptProxies="true" jsonp="false"/>
 *     <connection path="/echo" type="com.example.Echo" jsonp="false"/>
 *   </signalr>
 * </configuration>
 * }</pre>
 *
 * <p>Any number of both. {@code path} lies below the context path, in whatever case; that of hubs is {@code /signalr} when it is left out. {@code type} is the full name of a
 * class that extends {@link PersistentConnection}. The options have the defaults above. Names are case-sensitive, and one that is unknown is refused. Immutable.
 *
 * @param hubs where all hubs are mapped
 * @param connections the persistent connections
 */
public record WebConfig(List<HubMapping> hubs, List<ConnectionMapping> connections) {

    /** Nothing is configured. */
    public static final WebConfig EMPTY = new WebConfig(List.of(), List.of());

    public WebConfig {
        hubs = List.copyOf(hubs);
        connections = List.copyOf(connections);
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
     * Adds the mappings to those of a server.
     *
     * @throws IllegalArgumentException when a path is mapped there already
     */
    public void applyTo(SignalRConfig.Builder server) {
        hubs.forEach(mapping -> server.hubs(mapping.path(), mapping.configuration()));
        connections.forEach(mapping -> server.connection(mapping.path(), mapping.type(), mapping.configuration()));
    }

    /** Whether it maps anything. */
    public boolean isEmpty() {
        return hubs.isEmpty() && connections.isEmpty();
    }
}
