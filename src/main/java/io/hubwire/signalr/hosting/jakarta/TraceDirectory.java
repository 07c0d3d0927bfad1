package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where the files of trace listeners lie, unless the configuration says so: where the container keeps its own logs, and nobody serves anything. */
final class TraceDirectory {
    private static final String DATA_PARAMETER = "hubwire.data"; // of an application that has a directory of its own
    private static final String WILDFLY_LOGS = "jboss.server.log.dir";
    private static final String TOMCAT_BASE = "catalina.base";

    private TraceDirectory() {}

    /**
     * The directory of an application's listeners.
     *
     * @param application in the directory of a container, which all of its applications share
     * @param properties the system properties; null for one that is not set
     */
    static Path of(ServletContext context, String application, UnaryOperator<String> properties) {
        String data = context.getInitParameter(DATA_PARAMETER);
        if (data != null) {
            return Path.of(data, "log");
        }
        Path logs = Optional.ofNullable(properties.apply(WILDFLY_LOGS))
                .map(Path::of)
                .or(() -> Optional.ofNullable(properties.apply(TOMCAT_BASE)).map(base -> Path.of(base, "logs")))
                .orElse(Path.of("logs"));
        return logs.resolve(application).toAbsolutePath();
    }
}
