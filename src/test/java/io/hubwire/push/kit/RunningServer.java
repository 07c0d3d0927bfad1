package io.hubwire.push.kit;

import io.hubwire.push.boot.embedded.EmbeddedTomcat;
import io.hubwire.push.boot.embedded.ServerOptions;
import io.hubwire.push.boot.embedded.ServerStartException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The whole application on a free port, over a data directory that outlives it. */
public final class RunningServer implements AutoCloseable {
    private final EmbeddedTomcat tomcat;
    private final Path data;

    private RunningServer(EmbeddedTomcat tomcat, Path data) {
        this.tomcat = tomcat;
        this.data = data;
    }

    /**
     * Starts the application.
     *
     * @param settings system properties while it starts: the application reads them once
     */
    public static RunningServer start(Path data, Map<String, String> settings) throws ServerStartException {
        settings.forEach(System::setProperty);
        try {
            return new RunningServer(EmbeddedTomcat.start(ServerOptions.onFreePort(data)), data);
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    public URI uri() {
        return tomcat.uri();
    }

    public Path data() {
        return data;
    }

    /** Of an account that is there from the first start. */
    public ApiClient signedIn(String name) throws Exception {
        return ApiClient.signIn(uri(), name, "demo-" + name);
    }

    public ApiClient nobody() {
        return new ApiClient(uri(), null);
    }

    @Override
    public void close() {
        tomcat.close();
    }
}
