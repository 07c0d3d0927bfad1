package io.hubwire.push.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.hibernate.cfg.BatchSettings;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The application's database. Opening it brings the schema up to date. Thread-safe; every call blocks on the database,
 * and waits up to 30 s for a free connection.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final EntityManagerFactory entities;

    private Database(HikariDataSource pool, EntityManagerFactory entities) {
        this.pool = pool;
        this.entities = entities;
    }

    /**
     * Connects, and brings the schema up to date. The directory of an embedded database is made when it is missing, for
     * the server's own user alone.
     *
     * @throws RuntimeException when the database can't be reached, or its schema is newer than this program or altered
     */
    public static Database open(DatabaseOptions options) {
        options.directory().ifPresent(Database::create);
        HikariDataSource pool = new HikariDataSource(poolConfiguration(options));
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .load()
                    .migrate();
            return new Database(pool, entities(pool));
        } catch (RuntimeException | Error failure) {
            pool.close();
            throw failure;
        }
    }

    /**
     * Runs the work in a transaction that commits when it returns and rolls back when it throws. The work, and the
     * repositories it is given, must not outlive the call.
     *
     * @throws ConflictException when it broke a rule of the schema
     */
    public <T> T inTransaction(Function<Repositories, T> work) {
        return callWithEntities(entityManager -> work.apply(new Repositories(entityManager)));
    }

    /** As {@link #inTransaction}, without a result. */
    public void runInTransaction(Consumer<Repositories> work) {
        runWithEntities(entityManager -> work.accept(new Repositories(entityManager)));
    }

    <T> T callWithEntities(Function<EntityManager, T> work) {
        try {
            return entities.callInTransaction(work);
        } catch (PersistenceException failure) {
            throw isConflict(failure) ? new ConflictException(failure) : failure;
        }
    }

    void runWithEntities(Consumer<EntityManager> work) {
        callWithEntities(entityManager -> {
            work.accept(entityManager);
            return null;
        });
    }

    @Override
    public void close() {
        entities.close();
        pool.close();
    }

    /** Found at a flush, or wrapped when it is found at the commit. */
    private static boolean isConflict(PersistenceException failure) {
        return failure instanceof ConstraintViolationException
                || failure.getCause() instanceof ConstraintViolationException;
    }

    private static void create(Path directory) {
        try {
            PrivateDirectory.create(directory);
        } catch (IOException failure) {
            throw new StorageException("no directory for the database: " + directory, failure);
        }
    }

    private static HikariConfig poolConfiguration(DatabaseOptions options) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("hubwire");
        config.setDriverClassName(driverFor(options.jdbcUrl()));
        config.setJdbcUrl(options.jdbcUrl());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setAutoCommit(false);
        return config;
    }

    /** {@link java.sql.DriverManager} finds drivers once in the life of a JVM, before an installed server deploys us. */
    private static String driverFor(String jdbcUrl) {
        for (Driver driver : ServiceLoader.load(Driver.class, Database.class.getClassLoader())) {
            if (accepts(driver, jdbcUrl)) {
                return driver.getClass().getName();
            }
        }
        throw new IllegalArgumentException("There is no database driver for " + jdbcUrl.replaceFirst("[?;].*", ""));
    }

    private static boolean accepts(Driver driver, String jdbcUrl) {
        try {
            return driver.acceptsURL(jdbcUrl);
        } catch (SQLException malformed) {
            return false;
        }
    }

    private static EntityManagerFactory entities(HikariDataSource pool) {
        return new PersistenceConfiguration("hubwire")
                .provider("org.hibernate.jpa.HibernatePersistenceProvider")
                .managedClass(AccountEntity.class)
                .managedClass(FollowEntity.class)
                .managedClass(SharedFileEntity.class)
                .managedClass(NotificationEntity.class)
                .managedClass(HubConnectionEntity.class)
                .managedClass(RevokedTokenEntity.class)
                .property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, pool)
                .property(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .property(BatchSettings.STATEMENT_BATCH_SIZE, 50)
                .property(SchemaToolingSettings.HBM2DDL_AUTO, "validate")
                .createEntityManagerFactory();
    }
}
