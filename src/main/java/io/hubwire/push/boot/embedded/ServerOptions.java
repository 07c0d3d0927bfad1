package io.hubwire.push.boot.embedded;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the embedded server listens, what it serves and where it keeps its files.
 *
 * @param address the host name or literal address to bind; the loopback address unless told otherwise
 * @param port 1 to 65535, or 0 for any free port
 * @param data the directory of everything that survives a restart; created, for the owner alone, when it is missing
 * @param application what is served
 */
public record ServerOptions(String address, int port, Path data, WebApplication application) {

    public static final String DEFAULT_ADDRESS = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;
    public static final Path DEFAULT_DATA = Path.of("data");

    /** Values out of range throw {@link IllegalArgumentException} with the value and the range. */
    public ServerOptions {
        Objects.requireNonNull(application, "application");
        if (address.isBlank()) {
            throw new IllegalArgumentException("The address to listen on is empty");
        }
        requirePort(port);
        data = data.toAbsolutePath().normalize();
    }

    static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " is not in the range 0 to 65535");
        }
    }

    /** The application of this checkout on any free port of the loopback address. */
    public static ServerOptions onFreePort(Path data) {
        return new ServerOptions(DEFAULT_ADDRESS, 0, data, WebApplication.fromCheckout());
    }
}
