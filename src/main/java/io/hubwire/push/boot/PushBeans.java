package io.hubwire.push.boot;

import io.hubwire.push.domain.RevokedTokens;
import io.hubwire.push.realtime.CpuMonitor;
import io.hubwire.push.realtime.MoveShapeClient;
import io.hubwire.push.realtime.MoveShapeHub;
import io.hubwire.push.realtime.OperatorClient;
import io.hubwire.push.realtime.OperatorHub;
import io.hubwire.push.realtime.OperatorMonitor;
import io.hubwire.push.realtime.PerfmonConnection;
import io.hubwire.push.realtime.PushHub;
import io.hubwire.push.realtime.ShapeBroadcaster;
import io.hubwire.push.realtime.StockTicker;
import io.hubwire.push.realtime.StockTickerClient;
import io.hubwire.push.realtime.StockTickerHub;
import io.hubwire.push.security.BearerTokens;
import io.hubwire.push.security.ConnectTicketIssuer;
import io.hubwire.push.security.ConnectTicketIssuer.ConnectTicketAnswer;
import io.hubwire.push.security.DownloadLinks;
import io.hubwire.push.security.MetricsToken;
import io.hubwire.push.security.SignInLimiter;
import io.hubwire.push.security.UploadRate;
import io.hubwire.push.service.ConnectionLeases;
import io.hubwire.push.service.DemoUsers;
import io.hubwire.push.service.FileLibrary;
import io.hubwire.push.service.Inbox;
import io.hubwire.push.service.Liveness;
import io.hubwire.push.service.People;
import io.hubwire.push.service.Refusals;
import io.hubwire.push.service.ServerControl;
import io.hubwire.push.service.SignIn;
import io.hubwire.push.service.SignOut;
import io.hubwire.push.service.UploadSlots;
import io.hubwire.push.service.Uploads;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.connection.ConnectTickets;
import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.hosting.cdi.ForConnection;
import io.hubwire.signalr.hosting.cdi.ForHub;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.operations.DrainOptions;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Starts the application with the deployment, ends it with the deployment, and hands its parts to whoever injects them.
 */
@ApplicationScoped
public class PushBeans {
    private static final Logger LOG = System.getLogger(PushBeans.class.getName());
    private static final Clock CLOCK = Clock.systemUTC();

    @Inject
    ServletContext context;

    @Inject
    @ForConnection(PerfmonConnection.class)
    ConnectionContext perfmon;

    @Inject
    @ForHub(StockTickerHub.class)
    HubContext<StockTickerClient> stockWatchers;

    @Inject
    @ForHub(MoveShapeHub.class)
    HubContext<MoveShapeClient> shapeMovers;

    @Inject
    @ForHub(OperatorHub.class)
    HubContext<OperatorClient> operators;

    private PushApplication application;
    private MetricsToken metricsToken;
    private SignalRControl control;
    private CpuMonitor cpuMonitor;
    private StockTicker stockTicker;
    private ShapeBroadcaster shapeBroadcaster;
    private OperatorMonitor operatorMonitor;

    /** Called by the container: a deployment whose application can't start must fail, not wait for the first request. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object deployed) {
        // To be here, this bean has been constructed.
    }

    @PostConstruct
    void construct() {
        WebConfig config = SignalR.configuration(context);
        EffectiveSettings settings = config.settings(PushSettings.groups());
        tell(config, settings);
        try {
            PushOptions options = PushOptions.from(settings);
            metricsToken = new MetricsToken(options.metricsToken());
            shutDownBy(options.shutdown());
            application = PushApplication.start(
                    options,
                    () -> GlobalHost.connectionManager().hubContext(PushHub.class),
                    connectionId -> GlobalHost.connectionManager().disconnect(connectionId),
                    CLOCK);
        } catch (IOException failure) {
            throw new IllegalStateException("the application can't start: " + failure.getMessage(), failure);
        }
        control = new SignalRControl(GlobalHost::operations);
        cpuMonitor = CpuMonitor.start(perfmon, CLOCK);
        stockTicker = StockTicker.start(stockWatchers);
        shapeBroadcaster = ShapeBroadcaster.start(shapeMovers);
        operatorMonitor = OperatorMonitor.start(operators, GlobalHost::operations, CLOCK);
    }

    private static void tell(WebConfig config, EffectiveSettings settings) {
        List<String> unused = config.unusedConnectionStrings(PushSettings.groups());
        if (!unused.isEmpty()) {
            LOG.log(Level.INFO, "Connection strings that are not used here: {0}.", String.join(", ", unused));
        }
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, String.join(System.lineSeparator(), settings.lines()));
        }
    }

    /** For the embedded server, which is loaded elsewhere: what it runs before it stops. */
    private void shutDownBy(DrainOptions options) {
        ClassLoader deployment = context.getClassLoader();
        Supplier<CompletionStage<?>> drain = () -> GlobalHost.deployment(deployment)
                .flatMap(GlobalHost.Deployment::operations)
                .<CompletionStage<?>>map(server -> server.drain(options))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        context.setAttribute("hubwire.drain", drain);
    }

    @PreDestroy
    void close() {
        operatorMonitor.close();
        shapeBroadcaster.close();
        stockTicker.close();
        cpuMonitor.close();
        control.close();
        application.close();
    }

    @Produces
    @Singleton
    Clock clock() {
        return CLOCK;
    }

    @Produces
    @Singleton
    ServerControl serverControl() {
        return control;
    }

    @Produces
    @Singleton
    Refusals refusals() {
        return control;
    }

    @Produces
    @Singleton
    MetricsToken metricsToken() {
        return metricsToken;
    }

    @Produces
    @Singleton
    StockTicker stockTicker() {
        return stockTicker;
    }

    @Produces
    @Singleton
    ShapeBroadcaster shapeBroadcaster() {
        return shapeBroadcaster;
    }

    @Produces
    @Singleton
    OperatorMonitor operatorMonitor() {
        return operatorMonitor;
    }

    @Produces
    @Singleton
    SignIn signIn() {
        return application.signIn();
    }

    @Produces
    @Singleton
    SignOut signOut() {
        return application.signOut();
    }

    @Produces
    @Singleton
    DemoUsers demoUsers() {
        return application.demoUsers();
    }

    @Produces
    @Singleton
    BearerTokens bearerTokens() {
        return application.bearerTokens();
    }

    @Produces
    @Singleton
    RevokedTokens revokedTokens() {
        return application.revokedTokens();
    }

    @Produces
    @Singleton
    ConnectTicketIssuer connectTicketIssuer() {
        return (user, origin) -> {
            ConnectTickets.Issued issued = GlobalHost.connectTickets().issue(user.ticketHolder(), origin);
            return new ConnectTicketAnswer(issued.ticket(), issued.expiresIn().toSeconds());
        };
    }

    @Produces
    @Singleton
    SignInLimiter signInLimiter() {
        return application.signInLimiter();
    }

    @Produces
    @Singleton
    DownloadLinks downloadLinks() {
        return application.downloadLinks();
    }

    @Produces
    @Singleton
    People people() {
        return application.people();
    }

    @Produces
    @Singleton
    Inbox inbox() {
        return application.inbox();
    }

    @Produces
    @Singleton
    Uploads uploads() {
        return application.uploads();
    }

    @Produces
    @Singleton
    UploadRate uploadRate() {
        return application.uploadRate();
    }

    @Produces
    @Singleton
    UploadSlots uploadSlots() {
        return application.uploadSlots();
    }

    @Produces
    @Singleton
    FileLibrary fileLibrary() {
        return application.fileLibrary();
    }

    @Produces
    @Singleton
    ConnectionLeases connectionLeases() {
        return application.connectionLeases();
    }

    @Produces
    @Singleton
    Liveness liveness() {
        return application.liveness();
    }
}
