package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.setting.ConfigFile;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.ContainerSettings;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Setting;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the {@code web.config} of a deployment, and what stands in its place, and tells the operator what was found. */
final class WebConfigLocation {
    private static final Logger LOG = System.getLogger("io.hubwire.signalr.config");
    private static final String PACKAGED = "/WEB-INF/web.config";
    private static final String ATTRIBUTE = WebConfig.class.getName();
    private static final String COMMAND_LINE = "hubwire.commandLine";
    private static final String PREFIX = "hubwire.";

    private WebConfigLocation() {}

    /**
     * The configuration of a deployment; read at the first call.
     *
     * @throws ConfigurationException when it cannot be used: a message for the operator
     */
    static WebConfig read(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof WebConfig known) {
            return known;
        }
        WebConfig read = WebConfig.read(sources(context), context.getClassLoader());
        context.setAttribute(ATTRIBUTE, read);
        tell(read);
        if (commandLine(context).isEmpty()) {
            tellContainers(read.settings());
        }
        return read;
    }

    private static ConfigSources sources(ServletContext context) {
        ConfigSources process = ConfigSources.ofProcess(contextParameters(context), commandLine(context));
        Optional<Path> named = process.namedFile();
        if (named.isPresent()) {
            LOG.log(Level.INFO, "The configuration is {0}.", named.get().toAbsolutePath());
            return process.withFile(ConfigFile.parse(named.get()));
        }
        try (InputStream packaged = context.getResourceAsStream(PACKAGED)) {
            if (packaged == null) {
                LOG.log(
                        Level.INFO,
                        "There is no {0}; all settings have their defaults, or are set from outside.",
                        PACKAGED);
                return process;
            }
            LOG.log(Level.INFO, "The configuration is {0} of the application.", PACKAGED);
            return process.withFile(ConfigFile.parse(packaged, PACKAGED));
        } catch (IOException e) {
            throw new UncheckedIOException(PACKAGED + " cannot be read", e);
        }
    }

    private static Map<String, String> contextParameters(ServletContext context) {
        return Collections.list(context.getInitParameterNames()).stream()
                .filter(name -> name.startsWith(PREFIX))
                .collect(Collectors.toMap(name -> name, context::getInitParameter));
    }

    /** What the embedded server was started with: text by property, as whoever starts it shares no class of ours with it. */
    private static Map<String, String> commandLine(ServletContext context) {
        return context.getAttribute(COMMAND_LINE) instanceof Map<?, ?> said
                ? said.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> String.valueOf(entry.getKey()), entry -> String.valueOf(entry.getValue())))
                : Map.of();
    }

    /** Only the embedded server is told what the container's limits are. */
    private static void tellContainers(EffectiveSettings settings) {
        String set = ContainerSettings.GROUP.settings().stream()
                .filter(setting ->
                        settings.isSet(setting) && !settings.text(setting).equals(setting.defaultText()))
                .map(Setting::name)
                .collect(Collectors.joining(", "));
        if (!set.isEmpty()) {
            LOG.log(Level.INFO, "Without effect here, to be set in the container itself: {0}.", set);
        }
    }

    private static void tell(WebConfig config) {
        if (!config.unused().isEmpty()) {
            LOG.log(Level.INFO, "Not used here: {0}.", String.join(", ", config.unused()));
        }
        config.strayVariables()
                .forEach(name -> LOG.log(Level.WARNING, "There is no setting for the environment variable {0}.", name));
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(
                    Level.DEBUG,
                    String.join(System.lineSeparator(), config.settings().lines()));
        }
    }
}
