package io.hubwire.signalr.config.setting;

import io.hubwire.signalr.config.setting.Origin.Source;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Everything that knows values, the weakest first: the file, the context parameters of the deployment, the environment, the system properties, the command line.
 * But for the file they know them by their properties, and the environment by their variables.
 *
 * @param file its root; empty without a file
 */
public record ConfigSources(
        Optional<ConfigElement> file,
        Map<String, String> contextParameters,
        Map<String, String> environment,
        Map<String, String> properties,
        Map<String, String> commandLine) {

    /** Not in the file, which cannot name itself. */
    private static final Setting<String> FILE =
            new Setting<>("config", Place.of("", ""), SettingType.text(), others -> "", "", "the file", false);

    /** A text and where it is from. */
    record Given(String text, Origin origin) {}

    public ConfigSources {
        contextParameters = Map.copyOf(contextParameters);
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
        commandLine = Map.copyOf(commandLine);
    }

    /** A file alone. */
    public static ConfigSources of(ConfigElement file) {
        return new ConfigSources(Optional.of(file), Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** What this process has, without a file yet; of the environment and the system properties, what is named after Hubwire. */
    public static ConfigSources ofProcess(Map<String, String> contextParameters, Map<String, String> commandLine) {
        Properties system = System.getProperties();
        Map<String, String> properties = system.stringPropertyNames().stream()
                .filter(name -> name.startsWith("hubwire."))
                .collect(Collectors.toMap(name -> name, system::getProperty));
        Map<String, String> environment = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("HUBWIRE_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ConfigSources(Optional.empty(), contextParameters, environment, properties, commandLine);
    }

    /** The same with a file. */
    public ConfigSources withFile(ConfigElement root) {
        return new ConfigSources(Optional.of(root), contextParameters, environment, properties, commandLine);
    }

    /**
     * The file that the operator names in place of the packaged one: {@code hubwire.config}, or in the environment {@code HUBWIRE_CONFIG}. A relative one is in the working
     * directory.
     */
    public Optional<Path> namedFile() {
        return find(FILE).map(given -> Path.of(given.text().strip()));
    }

    /** The strongest that knows the setting. Blank text in a property or variable counts as nothing. */
    Optional<Given> find(Setting<?> setting) {
        return given(commandLine, setting.property(), Source.COMMAND_LINE)
                .or(() -> given(properties, setting.property(), Source.SYSTEM_PROPERTY))
                .or(() -> given(environment, setting.variable(), Source.ENVIRONMENT))
                .or(() -> given(contextParameters, setting.property(), Source.CONTEXT_PARAMETER))
                .or(() -> inFile(setting));
    }

    private static Optional<Given> given(Map<String, String> values, String name, Source source) {
        return Optional.ofNullable(values.get(name))
                .filter(text -> !text.isBlank())
                .map(text -> new Given(text, new Origin(source, name)));
    }

    private Optional<Given> inFile(Setting<?> setting) {
        return file.flatMap(setting.place()::find)
                .map(holder -> new Given(
                        holder.text(setting.place().attribute()).orElseThrow(),
                        new Origin(Source.FILE, holder.where())));
    }
}
