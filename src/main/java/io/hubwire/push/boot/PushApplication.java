package io.hubwire.push.boot;

import static java.lang.System.Logger.Level.INFO;

import io.hubwire.push.domain.LeaseHolder;
import io.hubwire.push.domain.RevokedTokens;
import io.hubwire.push.realtime.HubNotificationPublisher;
import io.hubwire.push.realtime.PushClient;
import io.hubwire.push.security.BcryptPasswordHasher;
import io.hubwire.push.security.BearerTokens;
import io.hubwire.push.security.DownloadLinks;
import io.hubwire.push.security.SignInLimiter;
import io.hubwire.push.security.SigningKeys;
import io.hubwire.push.security.UploadRate;
import io.hubwire.push.service.ConnectionEnder;
import io.hubwire.push.service.ConnectionLeases;
import io.hubwire.push.service.DemoUsers;
import io.hubwire.push.service.FileLibrary;
import io.hubwire.push.service.Housekeeping;
import io.hubwire.push.service.Inbox;
import io.hubwire.push.service.Liveness;
import io.hubwire.push.service.MediaTypeDetector;
import io.hubwire.push.service.People;
import io.hubwire.push.service.Registration;
import io.hubwire.push.service.SignIn;
import io.hubwire.push.service.SignOut;
import io.hubwire.push.service.UploadSlots;
import io.hubwire.push.service.Uploads;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.FileStorage;
import io.hubwire.push.store.RevokedTokenStore;
import io.hubwire.signalr.hub.HubContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/** The application, wired and started. Closing it ends its thread and its connections to the database. */
final class PushApplication implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PushApplication.class.getName());

    private final Database database;
    private final HousekeepingThread housekeepingThread;
    private final SignIn signIn;
    private final DemoUsers demoUsers;
    private final RevokedTokenStore revokedTokens;
    private final BearerTokens bearerTokens;
    private final SignInLimiter signInLimiter;
    private final DownloadLinks downloadLinks;
    private final People people;
    private final Inbox inbox;
    private final Uploads uploads;
    private final UploadRate uploadRate;
    private final UploadSlots uploadSlots;
    private final FileLibrary fileLibrary;
    private final ConnectionLeases connectionLeases;
    private final SignOut signOut;
    private final Liveness liveness;

    private PushApplication(
            PushOptions options,
            Database database,
            FileStorage storage,
            Supplier<HubContext<PushClient>> hub,
            ConnectionEnder connections,
            Clock clock)
            throws IOException {
        var hasher = new BcryptPasswordHasher(options.passwordCost());
        var keys = SigningKeys.open(options.data().resolve("keys").resolve("signing.key"));
        this.revokedTokens = new RevokedTokenStore(database);
        this.database = database;
        this.liveness = new Liveness(database);
        this.demoUsers = new DemoUsers(options.demoUsers());
        this.signIn = new SignIn(database, hasher, demoUsers);
        this.bearerTokens = new BearerTokens(keys, revokedTokens, options.tokenLifetime(), clock);
        this.signInLimiter = new SignInLimiter(clock);
        this.downloadLinks = new DownloadLinks(keys, clock);
        this.people = new People(database);
        this.inbox = new Inbox(database, clock);
        this.connectionLeases =
                new ConnectionLeases(database, leaseHolder(options, clock), options.connectionLease(), clock);
        this.signOut = new SignOut(connectionLeases, connections);
        this.uploads = new Uploads(
                database,
                storage,
                new MediaTypeDetector(),
                new HubNotificationPublisher(connectionLeases, hub),
                options.uploadLimits(),
                clock);
        this.uploadRate = new UploadRate(options.uploadsPerUserPerHour());
        this.uploadSlots = new UploadSlots(options.concurrentUploads(), options.concurrentUploadsPerUser());
        this.fileLibrary = new FileLibrary(database, storage);
        register(options, new Registration(database, hasher, clock));
        var housekeeping = new Housekeeping(connectionLeases, revokedTokens, database, storage, clock);
        housekeeping.afterStart();
        this.housekeepingThread = HousekeepingThread.start(
                housekeeping::sweep, options.connectionLease().dividedBy(3));
    }

    /**
     * Starts the application; blocks until its database is ready.
     *
     * @param hub asked for when someone is to be told something, not before
     * @param connections told to end those of users who sign out
     * @throws IOException when the data directory can't be used
     */
    static PushApplication start(
            PushOptions options, Supplier<HubContext<PushClient>> hub, ConnectionEnder connections, Clock clock)
            throws IOException {
        FileStorage storage = FileStorage.open(options.data().resolve("files"));
        Database database = Database.open(options.database());
        try {
            PushApplication application = new PushApplication(options, database, storage, hub, connections, clock);
            LOG.log(INFO, "data in {0}, demo users {1}", options.data(), options.demoUsers() ? "enabled" : "disabled");
            return application;
        } catch (IOException | RuntimeException | Error failure) {
            database.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        housekeepingThread.close();
        liveness.close();
        database.close();
    }

    SignIn signIn() {
        return signIn;
    }

    DemoUsers demoUsers() {
        return demoUsers;
    }

    RevokedTokens revokedTokens() {
        return revokedTokens;
    }

    BearerTokens bearerTokens() {
        return bearerTokens;
    }

    SignInLimiter signInLimiter() {
        return signInLimiter;
    }

    DownloadLinks downloadLinks() {
        return downloadLinks;
    }

    People people() {
        return people;
    }

    Inbox inbox() {
        return inbox;
    }

    Uploads uploads() {
        return uploads;
    }

    UploadRate uploadRate() {
        return uploadRate;
    }

    UploadSlots uploadSlots() {
        return uploadSlots;
    }

    FileLibrary fileLibrary() {
        return fileLibrary;
    }

    ConnectionLeases connectionLeases() {
        return connectionLeases;
    }

    SignOut signOut() {
        return signOut;
    }

    Liveness liveness() {
        return liveness;
    }

    private void register(PushOptions options, Registration registration) throws IOException {
        demoUsers.register(registration);
        if (options.accounts().isPresent()) {
            registration.addOrUpdate(AccountsFile.read(options.accounts().get()));
        }
    }

    /** The clock's time makes each start another generation; two starts of a node are never within a microsecond. */
    private static LeaseHolder leaseHolder(PushOptions options, Clock clock) throws IOException {
        Path file = options.data().resolve("node");
        String node = options.node().isPresent() ? options.node().get() : NodeName.loadOrCreate(file);
        var now = clock.instant();
        return new LeaseHolder(
                node, Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1000));
    }
}
