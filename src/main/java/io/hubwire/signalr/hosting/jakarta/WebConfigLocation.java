package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.setting.ConfigFile;
import io.hubwire.signalr.config.setting.ConfigSources;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
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
     * @throws ServletException when it cannot be used: a message for the operator
     */
    static WebConfig read(ServletContext context) throws ServletException {
        Optional<WebConfig> known = of(context);
        if (known.isPresent()) {
            return known.get();
        }
        WebConfig read = WebConfig.read(sources(context), context.getClassLoader());
        context.setAttribute(ATTRIBUTE, read);
        tell(read);
        return read;
    }

    /** The one that has been read. */
    static Optional<WebConfig> of(ServletContext context) {
        return Optional.ofNullable((WebConfig) context.getAttribute(ATTRIBUTE));
    }

    private static ConfigSources sources(ServletContext context) throws ServletException {
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
            throw new ServletException(PACKAGED + " cannot be read.", e);
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
