package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.ContainerSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every setting of the library. The file, the system properties, the environment variables, the reference in {@code src/docs/configuration.md}, what is printed and the tests of
 * each setting follow from it.
 *
 * <p>To add a setting:
 *
 * <ol>
 *   <li>Write a constant in the class of its group, made by the group: that is all for it to be read, checked, printed, documented and tested. A group that is
 *       new is added to {@link #groups()}.
 *   <li>Take it where the record is made that it is for: in {@code over} of the same class for a record of the server ({@code settings.or(MAX_GROUPS,
 *       application.maxGroups())}), in {@code HostingOptions.over} for the host, or by {@link WebConfig#settings()} where it is used.
 *   <li>Run {@code ConfigurationReferenceTest}; it fails and says how to write the reference anew. Show the setting with its default in {@code conf/web.config}, which
 *       {@code PackagedFileTest} asks for, and tell {@code SettingsReachTest} where the value arrives.
 * </ol>
 *
 * <p>What must hold between several settings is a rule of a group: {@link SettingGroup#require}.
 */
public final class Catalogue {

    private Catalogue() {}

    /** All groups, in the order of the reference. */
    public static List<SettingGroup> groups() {
        return List.of(
                ServerSettings.GROUP,
                TransportSettings.GROUP,
                WebSocketSettings.GROUP,
                ServerSettings.CROSS_DOMAIN,
                LimitSettings.GROUP,
                MessageBusSettings.GROUP,
                ServerSettings.CONNECT_TICKETS,
                ServerSettings.BACKPLANE,
                ServerSettings.DRAIN,
                TracingSettings.SWITCHES,
                TracingSettings.GROUP,
                ContainerSettings.GROUP);
    }

    /** All settings of all groups. */
    public static Stream<Setting<?>> settings() {
        return groups().stream().flatMap(group -> group.settings().stream());
    }
}
