package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Place;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.config.setting.SettingType;
import io.hubwire.signalr.tracing.SourceLevels;
import io.hubwire.signalr.tracing.TraceConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What holds for all trace sources and listeners; those themselves stand in the file alone. */
public final class TracingSettings {
    private static final long LEAST_FILE_BYTES = 16_384;
    private static final int MOST_KEPT_FILES = 1_000;

    public static final SettingGroup GROUP = SettingGroup.of(
            "tracing", "system.diagnostics/trace", "What all trace sources and listeners have in common.");

    public static final Setting<Boolean> AUTOFLUSH = GROUP.flag(
            "autoflush",
            false,
            "Whether each line is in its file as soon as the writer is idle, rather than when 64 kB have gathered.");

    public static final Setting<Optional<String>> DIRECTORY = GROUP.optional(
            "directory",
            SettingType.text(),
            "Where files of listeners lie that have relative names; none leaves it to the host.");

    public static final Setting<Long> MAX_FILE_BYTES = GROUP.bytes(
            "maxFileBytes",
            TraceConfig.NONE.maxFileBytes(),
            LEAST_FILE_BYTES,
            1L << 40,
            "How large a listener's file becomes before it is put aside.");

    public static final Setting<Integer> KEPT_FILES = GROUP.whole(
            "keptFiles",
            TraceConfig.NONE.keptFiles(),
            0,
            MOST_KEPT_FILES,
            "How many files that were put aside are kept for each listener.");

    public static final SettingGroup SWITCHES = SettingGroup.of(
            "tracing",
            last -> Place.added("system.diagnostics/switches", "name", last, "value"),
            "Where the switch stands that all trace sources have which name no other.");

    public static final Setting<SourceLevels> SIGNALR_SWITCH = SWITCHES.setting(
            TraceConfig.SIGNALR_SWITCH,
            SettingType.of(
                    "Off, Critical, Error, Warning, Information, Verbose, All or a number",
                    SourceLevels::parse,
                    SourceLevels::toString),
            SourceLevels.OFF,
            "What reaches the listeners: events of this level and graver ones.");

    private TracingSettings() {}

    /** What the file says of sources and listeners, with what holds for all. */
    static TraceConfig over(TraceConfig file, EffectiveSettings settings) {
        Map<String, SourceLevels> switches = new LinkedHashMap<>(file.switches());
        settings.find(SIGNALR_SWITCH).ifPresent(levels -> switches.put(TraceConfig.SIGNALR_SWITCH, levels));
        return new TraceConfig(
                file.sources(),
                switches,
                file.sharedListeners(),
                settings.get(AUTOFLUSH),
                settings.get(DIRECTORY).map(Path::of),
                settings.get(MAX_FILE_BYTES),
                settings.get(KEPT_FILES));
    }
}
