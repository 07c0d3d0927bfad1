package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.config.setting.SettingType;
import io.hubwire.signalr.connection.ConnectTicketConfig;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.security.OriginPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds for all mappings of an application, unless a mapping in the file says something else. */
public final class ServerSettings {
    private static final HubConfiguration DEFAULTS = HubConfiguration.defaults();
    private static final ConnectTicketConfig TICKETS = ConnectTicketConfig.defaults();
    private static final String ANY_ORIGIN = "*";

    public static final SettingGroup GROUP = SettingGroup.of("signalr", "signalr", "All mappings of the application.");

    public static final Setting<Boolean> DETAILED_ERRORS = GROUP.flag(
            "detailedErrors",
            DEFAULTS.detailedErrors(),
            "Whether clients see the text of exceptions that were not written for them.");

    public static final Setting<Boolean> JAVA_SCRIPT_PROXIES = GROUP.flag(
            "javaScriptProxies",
            DEFAULTS.javaScriptProxies(),
            "Whether the script of hubs and its typings are served.");

    public static final Setting<Boolean> JSONP = GROUP.flag(
            "jsonp", DEFAULTS.jsonp(), "Whether JSONP is answered, which goes around the same-origin policy.");

    public static final Setting<Boolean> STRICT_HUBS =
            GROUP.flag("strictHubs", false, "Whether hubs with mistakes that are otherwise warned of stop the start.");

    public static final Setting<Boolean> REQUIRE_AUTHENTICATION =
            GROUP.flag("requireAuthentication", false, "Whether only who is authenticated can use hubs.");

    public static final SettingGroup CROSS_DOMAIN = SettingGroup.of(
            "signalr.crossDomain",
            "signalr/crossDomain",
            "Pages of other origins, for SignalR's requests and WebSockets.");

    public static final Setting<Set<String>> ORIGINS = CROSS_DOMAIN.setting(
            "origins",
            SettingType.list("an origin such as https://www.example.com, * for any", ServerSettings::isOrigin),
            Set.of(),
            "Whose pages may use SignalR besides the server's own.");

    public static final Setting<Boolean> CREDENTIALS = CROSS_DOMAIN.flag(
            "credentials",
            true,
            "Whether those pages act in their visitor's name, by cookies; clients assume it unless told withCredentials: false.");

    static {
        CROSS_DOMAIN.require(
                List.of(ORIGINS, CREDENTIALS),
                settings -> !settings.get(ORIGINS).contains(ANY_ORIGIN) || !settings.get(CREDENTIALS),
                "origins must not be * with credentials: any page could act in its visitor's name.");
    }

    public static final SettingGroup CONNECT_TICKETS = SettingGroup.of(
            "signalr.connectTickets", "signalr/connectTickets", "Connect tickets, of an application that issues them.");

    public static final Setting<Duration> TICKET_LIFETIME = CONNECT_TICKETS.duration(
            "lifetime",
            TICKETS.lifetime(),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            "How long a ticket is good for after it was issued.");

    public static final Setting<Integer> MAX_SPENT_TICKETS = CONNECT_TICKETS.whole(
            "maxSpent",
            TICKETS.maxSpent(),
            1,
            100_000_000,
            "Most spent tickets that a node remembers; beyond it tickets are refused with 503.");

    public static final SettingGroup BACKPLANE = SettingGroup.of(
            "signalr.backplane", "signalr/backplane", "What carries messages between the nodes of a farm.");

    public static final Setting<String> BACKPLANE_TYPE = BACKPLANE.setting(
            "type", SettingType.choice(Map.of("memory", "memory")), "memory", "Only memory: one node.");

    public static final SettingGroup DRAIN = SettingGroup.of(
            "signalr.drain", "signalr/drain", "How a node lets its clients go, unless who drains it says otherwise.");

    public static final Setting<Duration> DRAIN_WINDOW = DRAIN.duration(
            "window",
            DrainOptions.DEFAULTS.window(),
            Duration.ZERO,
            DrainOptions.LONGEST,
            "Over which clients are spread as they are sent elsewhere.");

    public static final Setting<Duration> DRAIN_BOUND = DRAIN.derived(
            "bound",
            SettingType.duration(Duration.ZERO, DrainOptions.LONGEST),
            settings -> boundFor(settings.get(DRAIN_WINDOW)),
            "twice window, at most an hour (00:01:00)",
            "When it is over, from its beginning: who is left is cut off.");

    static {
        DRAIN.require(
                List.of(DRAIN_BOUND, DRAIN_WINDOW),
                settings -> settings.get(DRAIN_BOUND).compareTo(settings.get(DRAIN_WINDOW)) >= 0,
                "bound must be at least window.");
    }

    private ServerSettings() {}

    private static Duration boundFor(Duration window) {
        Duration twice = window.multipliedBy(2);
        return twice.compareTo(DrainOptions.LONGEST) > 0 ? DrainOptions.LONGEST : twice;
    }

    private static boolean isOrigin(String text) {
        try {
            return text.equals(ANY_ORIGIN) || OriginPolicy.allowing(Set.of(text)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static OriginPolicy policy(EffectiveSettings settings) {
        Set<String> origins = settings.get(ORIGINS);
        if (origins.contains(ANY_ORIGIN)) {
            return OriginPolicy.allowingAny();
        }
        OriginPolicy named = OriginPolicy.allowing(origins);
        return settings.get(CREDENTIALS) ? named : named.withoutCredentials();
    }

    static HubConfiguration over(HubConfiguration application, EffectiveSettings settings) {
        return new HubConfiguration(
                settings.or(DETAILED_ERRORS, application.detailedErrors()),
                settings.or(JAVA_SCRIPT_PROXIES, application.javaScriptProxies()),
                settings.or(JSONP, application.jsonp()));
    }

    static ConnectTicketConfig over(ConnectTicketConfig application, EffectiveSettings settings) {
        return new ConnectTicketConfig(
                settings.or(TICKET_LIFETIME, application.lifetime()),
                settings.or(MAX_SPENT_TICKETS, application.maxSpent()),
                application.shared(),
                application.withdrawn(),
                application.clock());
    }

    /**
     * A window alone takes the bound with it.
     *
     * @throws IllegalArgumentException when a bound alone is less than the application's window
     */
    static DrainOptions over(DrainOptions application, EffectiveSettings settings) {
        boolean boundFollows = settings.isSet(DRAIN_WINDOW);
        return new DrainOptions(
                settings.or(DRAIN_WINDOW, application.window()),
                boundFollows ? settings.get(DRAIN_BOUND) : settings.or(DRAIN_BOUND, application.bound()));
    }
}
