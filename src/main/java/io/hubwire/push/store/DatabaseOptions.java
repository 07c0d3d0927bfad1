package io.hubwire.push.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the database is.
 *
 * @param jdbcUrl a JDBC URL of H2
 * @param password may be empty; printed nowhere
 * @param poolSize connections held open, at least 2 (the schema migration uses two)
 */
public record DatabaseOptions(String jdbcUrl, String user, String password, int poolSize) {
    private static final String EMBEDDED = "jdbc:h2:file:";

    /**
     * What has been committed is written before the commit returns, so that a killed process loses nothing; and the
     * database is closed when we close it, not by a shutdown hook of its own that may come first.
     */
    private static final String EMBEDDED_SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    public DatabaseOptions {
        if (!jdbcUrl.startsWith("jdbc:")) {
            throw new IllegalArgumentException("no JDBC URL: " + jdbcUrl);
        }
        if (poolSize < 2) {
            throw new IllegalArgumentException("the pool needs at least 2 connections, not " + poolSize);
        }
    }

    /**
     * H2 in this process, in a file of its own.
     *
     * @param file without the extension, which H2 adds
     */
    public static DatabaseOptions embedded(Path file, int poolSize) {
        if (file.toString().contains(";")) {
            throw new IllegalArgumentException("the path of an embedded database can't have a semicolon: " + file);
        }
        return new DatabaseOptions(EMBEDDED + file.toAbsolutePath() + EMBEDDED_SETTINGS, "hubwire", "", poolSize);
    }

    /** Where an embedded database in a file lies. */
    Optional<Path> directory() {
        return Optional.of(jdbcUrl)
                .filter(url -> url.startsWith(EMBEDDED))
                .map(url -> url.substring(EMBEDDED.length()).split(";", 2)[0])
                .map(file -> Path.of(file).toAbsolutePath().getParent());
    }

    @Override
    public String toString() {
        return "DatabaseOptions[" + jdbcUrl + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
