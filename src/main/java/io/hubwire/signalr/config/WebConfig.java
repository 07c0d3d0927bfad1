package io.hubwire.signalr.config;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.config.setting.ConfigFile;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.FileStructure;
import io.hubwire.signalr.config.setting.Problems;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.connection.ConnectTicketConfig;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.tracing.TraceConfig;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the operator says: a {@code web.config} in the shape that ASP.NET has it, and what stands in its place in the environment and the system properties. Settings are in
 * {@link Catalogue}; besides them the file has mappings and rules:
 *
 * <pre>{@code
 * <configuration>
 *   <signalr detailedErrors="false">
 *     <hubs path="/signalr" javaScriptProxies="true" jsonp="false"/>
 *     <connection path="/echo" type="com.example.Echo" jsonp="false"/>
 *     <authorization>
 *       <require path="/admin" roles="Admin, Operator" users="alice, bob">
 *         <claim name="department" values="sales, support"/>
 *       </require>
 *       <allow path="/admin/help"/>
 *     </authorization>
 *     <transports disconnectTimeout="00:00:30"/>
 *   </signalr>
 * </configuration>
 * }</pre>
 *
 * <p>Any number of {@code hubs} and {@code connection}. {@code path} lies below the context path, in whatever case; that of hubs is {@code /signalr} when it is left out. {@code
 * type} is the full name of a class that extends {@link PersistentConnection}. Options that a mapping leaves out are those of {@code signalr}. Names are case-sensitive. What ASP.NET
 * has and nobody here needs is passed over ({@link #unused}); everything else that is unknown is refused.
 *
 * <p>A {@code require} wants an authenticated user who has one of the users' names and one of the roles that it lists, and each claim in it with one of its values (or
 * any, when it lists none); {@code allow} wants nothing. The rule with the longest path that the request's path begins with decides, on a segment boundary and in any
 * case; the order in the file has no meaning. What no rule covers is open, as without a file; {@code path="/"} covers everything.
 *
 * <p>Immutable, for any thread.
 */
public final class WebConfig {
    private static final List<String> SECTIONS = List.of(
            "signalr/hubs",
            "signalr/connection",
            "signalr/authorization",
            "appSettings",
            "connectionStrings",
            "system.diagnostics/sources",
            "system.diagnostics/switches",
            "system.diagnostics/sharedListeners");

    private final ConfigSources sources;
    private final EffectiveSettings settings;
    private final List<HubMapping> hubs;
    private final List<ConnectionMapping> connections;
    private final List<PathRule> rules;
    private final List<String> unused;
    private final TraceConfig traces;

    private WebConfig(ConfigSources sources, ClassLoader types, Problems problems) {
        this.sources = sources;
        this.settings = EffectiveSettings.of(Catalogue.groups(), sources, problems);
        FileStructure structure = new FileStructure(Catalogue.groups(), SECTIONS, AspNetSections.UNUSED);
        this.unused =
                sources.file().map(root -> structure.check(root, problems)).orElse(List.of());
        MappingSection mappings = new MappingSection(types, mappingDefaults(problems));
        sources.file().stream()
                .flatMap(root -> root.children("signalr"))
                .forEach(signalr -> mappings.read(signalr, problems));
        this.hubs = List.copyOf(mappings.hubs());
        this.connections = List.copyOf(mappings.connections());
        this.rules = List.copyOf(mappings.rules());
        this.traces =
                sources.file().map(root -> TraceSection.read(root, problems)).orElse(TraceConfig.NONE);
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
     * Reads a file alone, on the caller's thread. A document type is refused, so nothing outside of the file is read.
     *
     * @param xml closed by the caller
     * @param file its name, for messages
     * @param types loads the classes that the file names, without initializing them
     * @throws ConfigurationException with everything that is unknown, malformed or impossible
     */
    public static WebConfig read(InputStream xml, String file, ClassLoader types) {
        return read(ConfigSources.of(ConfigFile.parse(xml, file)), types);
    }

    /**
     * Reads everything that knows settings.
     *
     * @param types loads the classes that the file names, without initializing them
     * @throws ConfigurationException with everything that is unknown, malformed or impossible
     */
    public static WebConfig read(ConfigSources sources, ClassLoader types) {
        Problems problems = new Problems();
        WebConfig read = read(sources, types, problems);
        problems.throwIfAny();
        return read;
    }

    /** The same; what is wrong is told to {@code problems}, and the configuration is only good when there is nothing. */
    public static WebConfig read(ConfigSources sources, ClassLoader types, Problems problems) {
        return new WebConfig(sources, types, problems);
    }

    private HubConfiguration mappingDefaults(Problems problems) {
        return problems.isEmpty()
                ? ServerSettings.over(HubConfiguration.defaults(), settings)
                : HubConfiguration.defaults();
    }

    /**
     * Gives a server what the operator set, in place of what its application and the defaults say, and adds the mappings of the file; the rules are the host's to
     * enforce. To be called when the application has said everything.
     *
     * @throws IllegalArgumentException when a path is mapped there already
     */
    public void applyTo(SignalRConfig.Builder server) {
        server.hubs((path, configuration) -> ServerSettings.over(configuration, settings));
        server.connections((String path, ConnectionConfiguration configuration) ->
                new ConnectionConfiguration(settings.or(ServerSettings.JSONP, configuration.jsonp())));
        hubs.forEach(mapping -> server.hubs(mapping.path(), mapping.configuration()));
        connections.forEach(mapping -> server.connection(mapping.path(), mapping.type(), mapping.configuration()));
        server.transports(application -> TransportSettings.over(application, settings))
                .connections(application -> LimitSettings.over(application, settings))
                .sessions(application -> LimitSettings.over(application, settings))
                .bus(application -> MessageBusSettings.over(application, settings))
                .drain((DrainOptions application) -> ServerSettings.over(application, settings));
        setServer(server);
    }

    private void setServer(SignalRConfig.Builder server) {
        ifSet(LimitSettings.WORKERS, server::workers);
        ifSet(LimitSettings.WORKER_QUEUE, server::workerQueue);
        if (!traces().equals(TraceConfig.NONE)) {
            server.tracing(traces());
        }
        ifSet(ServerSettings.STRICT_HUBS, server::strictHubs);
        if (settings.isSet(ServerSettings.ORIGINS) || settings.isSet(ServerSettings.CREDENTIALS)) {
            server.origins(ServerSettings.policy(settings));
        }
        if (settings.isSet(ServerSettings.TICKET_LIFETIME) || settings.isSet(ServerSettings.MAX_SPENT_TICKETS)) {
            server.connectTickets((ConnectTicketConfig application) -> ServerSettings.over(application, settings));
        }
    }

    private <T> void ifSet(Setting<T> setting, Consumer<T> taker) {
        if (settings.isSet(setting)) {
            taker.accept(settings.get(setting));
        }
    }

    /** The settings of the library. */
    public EffectiveSettings settings() {
        return settings;
    }

    /**
     * The settings of the application, from the same sources.
     *
     * @param groups all that it has: keys of {@code appSettings} that are none of them are refused
     * @throws ConfigurationException with everything that is unknown, malformed or impossible
     */
    public EffectiveSettings settings(Collection<SettingGroup> groups) {
        Problems problems = new Problems();
        EffectiveSettings found = settings(groups, problems);
        problems.throwIfAny();
        return found;
    }

    /** The same; what is wrong is told to {@code problems}, and the settings are only good when there is nothing. */
    public EffectiveSettings settings(Collection<SettingGroup> groups, Problems problems) {
        sources.file().ifPresent(root -> {
            new AppSettings(groups).check(root, problems);
            new ConnectionStrings(groups).check(root, problems);
        });
        return EffectiveSettings.of(groups, sources, problems);
    }

    /** The names of connection strings in the file that are none of an application's with these groups. */
    public List<String> unusedConnectionStrings(Collection<SettingGroup> groups) {
        ConnectionStrings known = new ConnectionStrings(groups);
        return sources.file().map(known::unused).orElse(List.of());
    }

    /** Where all hubs are mapped. */
    public List<HubMapping> hubs() {
        return hubs;
    }

    /** The persistent connections. */
    public List<ConnectionMapping> connections() {
        return connections;
    }

    /** Who may reach what, of the whole application. */
    public List<PathRule> rules() {
        return rules;
    }

    /** Who listens to which trace source: {@code system.diagnostics}. */
    public TraceConfig traces() {
        return TracingSettings.over(traces, settings);
    }

    /** Elements of the file that ASP.NET knows and nobody here uses, each with its line. */
    public List<String> unused() {
        return unused;
    }

    /** Environment variables that look like settings of the library and are none. */
    public List<String> strayVariables() {
        return settings.strayVariables(sources);
    }

    /** Whether neither hubs nor persistent connections are mapped; there may be rules and settings. */
    public boolean mapsNothing() {
        return hubs.isEmpty() && connections.isEmpty();
    }
}
