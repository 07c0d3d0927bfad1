package io.hubwire.push.boot.embedded;

import io.hubwire.signalr.config.setting.ConfigFile;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.ContainerSettings;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.FileResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.util.scan.StandardJarScanFilter;

/**
 * A running server. Several may run in one JVM, each with its own port and data directory, if their applications are
 * unpacked ones; of those that share the class path of the JVM, one at a time.
 *
 * <p>{@link #start} and {@link #close} block, and may be called from any thread.
 */
public final class EmbeddedTomcat implements AutoCloseable {

    /** The context attribute that tells the application what it was started with: a map of text by property. */
    private static final String COMMAND_LINE = "hubwire.commandLine";

    private static final String DATA = "hubwire.data";

    /** Which address the server is bound to: demo users are for this machine only. */
    private static final String ADDRESS = "hubwire.address";

    /** What the .NET client sends unescaped in a query string; Tomcat answers 400 to the others of these by default. */
    private static final String RELAXED_QUERY_CHARS = "[]|{}^\\`\"<>";

    /** The only libraries with an initializer or a fragment; opening all of them doubles the time to start. */
    private static final String LIBRARIES_TO_SCAN =
            "weld-servlet*.jar,jersey-container-servlet*.jar,tomcat-embed-websocket*.jar";

    /** Libraries of an application on the class path keep state that two of them would share. */
    private static final Semaphore CLASS_PATH = new Semaphore(1);

    /** The attribute under which the application, loaded elsewhere, has the {@code Supplier} of a {@code CompletionStage} that drains it. */
    private static final String DRAIN = "hubwire.drain";

    private final Tomcat tomcat;
    private final RunDirectory runDirectory;
    private final boolean ownsClassPath;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile StandardContext application; // null until it is added

    private EmbeddedTomcat(RunDirectory runDirectory, boolean ownsClassPath) {
        this.tomcat = new Tomcat();
        this.runDirectory = runDirectory;
        this.ownsClassPath = ownsClassPath;
    }

    /**
     * Starts the application and returns when it answers requests.
     *
     * @throws ServerStartException when the address is in use or cannot be bound, the data directory cannot be written, or
     *     the application fails to start; nothing is left running then
     * @throws IllegalStateException when an application that shares the class path of this JVM is running already, and this
     *     is another; any number of unpacked ones may run
     */
    public static EmbeddedTomcat start(ServerOptions options) throws ServerStartException {
        EffectiveSettings limits = limits(options.application());
        requireFreePort(options);
        RunDirectory runDirectory = createRunDirectory(options.data());
        boolean takesClassPath = options.application().sharesClassPath();
        if (takesClassPath && !CLASS_PATH.tryAcquire()) {
            runDirectory.close();
            throw new IllegalStateException("An application from this class path is running already in this JVM");
        }
        EmbeddedTomcat server = new EmbeddedTomcat(runDirectory, takesClassPath);
        try {
            server.configureAndStart(options, limits);
            return server;
        } catch (IOException | LifecycleException | RuntimeException e) {
            server.close();
            throw new ServerStartException("The server did not start: " + reason(e), e);
        } catch (ServerStartException e) {
            server.close();
            throw e;
        }
    }

    private static EffectiveSettings limits(WebApplication application) throws ServerStartException {
        try {
            ConfigSources process = ConfigSources.ofProcess(Map.of(), Map.of());
            ConfigSources sources = process.namedFile()
                    .or(application::webConfig)
                    .map(file -> process.withFile(ConfigFile.parse(file)))
                    .orElse(process);
            return EffectiveSettings.of(List.of(ContainerSettings.GROUP), sources);
        } catch (ConfigurationException e) {
            throw new ServerStartException(e.getMessage(), e);
        }
    }

    /** The innermost: what containers wrap around it says less. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage();
    }

    /** The port in use, also when any free one was asked for. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** The address of the application's first page, for a browser on this machine. */
    public URI uri() {
        InetAddress bound = (InetAddress) tomcat.getConnector().getProperty("address");
        boolean local = bound.isLoopbackAddress() || bound.isAnyLocalAddress();
        String host = local ? "localhost" : bound.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    /** Waits until the server has been closed. */
    public void await() throws InterruptedException {
        closed.await();
    }

    /**
     * Lets the application send its clients elsewhere, before {@link #close}; returns when it has, or its own bound is over, an hour at most. Does nothing while
     * the application has not started.
     */
    public void drain() throws InterruptedException {
        if (application != null && application.getServletContext().getAttribute(DRAIN) instanceof Supplier<?> drain) {
            try {
                ((CompletionStage<?>) drain.get()).toCompletableFuture().get(1, TimeUnit.HOURS);
            } catch (ExecutionException | TimeoutException failure) {
                System.getLogger(EmbeddedTomcat.class.getName())
                        .log(System.Logger.Level.WARNING, "The clients were not sent elsewhere", failure);
            }
        }
    }

    /** Stops accepting, lets the application end its connections, and removes the run directory. Only the first call counts. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            System.getLogger(EmbeddedTomcat.class.getName())
                    .log(System.Logger.Level.WARNING, "The server did not stop cleanly", e);
        } finally {
            runDirectory.close();
            if (ownsClassPath) {
                CLASS_PATH.release();
            }
            closed.countDown();
        }
    }

    /** Tomcat would find out after the application has started, and log a page; here it is one line and costs nothing. */
    private static void requireFreePort(ServerOptions options) throws ServerStartException {
        InetSocketAddress address = new InetSocketAddress(options.address(), options.port());
        if (address.isUnresolved()) {
            throw new ServerStartException("There is no host called " + options.address());
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException e) {
            throw new ServerStartException(
                    "Port " + options.port() + " of " + options.address() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static RunDirectory createRunDirectory(Path data) throws ServerStartException {
        try {
            return RunDirectory.create(data);
        } catch (IOException e) {
            throw new ServerStartException("The data directory " + data + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void configureAndStart(ServerOptions options, EffectiveSettings limits)
            throws IOException, LifecycleException, ServerStartException {
        tomcat.setBaseDir(runDirectory.path().toString());
        tomcat.setConnector(new Connector(new HttpProtocol()));
        configure(tomcat.getConnector(), options, limits);
        configureErrorPages();
        StandardContext context = addApplication(options);
        application = context;
        tomcat.start();
        if (tomcat.getConnector().getState() != LifecycleState.STARTED) {
            throw new ServerStartException("Port " + options.port() + " of " + options.address() + " cannot be used");
        }
        if (context.getState() != LifecycleState.STARTED) {
            throw new ServerStartException("The application did not start; the log says why");
        }
    }

    static void configure(Connector connector, ServerOptions options, EffectiveSettings limits) {
        connector.setPort(options.port());
        connector.setProperty("address", options.address());
        connector.setProperty("relaxedQueryChars", RELAXED_QUERY_CHARS);
        connector.setProperty("maxHttpRequestHeaderSize", "" + limits.get(ContainerSettings.MAX_HTTP_HEADER_SIZE));
        connector.setProperty("maxConnections", "" + limits.get(ContainerSettings.MAX_CONNECTIONS));
        connector.setProperty("acceptCount", "" + limits.get(ContainerSettings.ACCEPT_COUNT));
        connector.setProperty("maxThreads", "" + limits.get(ContainerSettings.MAX_THREADS));
        // How many channels are kept for the next connections; by default a number that grows with the heap. One that
        // is
        // kept keeps the buffers of its last request, so memory that a crowd of streams took, 130 KB each, would not
        // come
        // back when they end. As many are enough as there are threads.
        connector.setProperty("socket.bufferPool", "" + limits.get(ContainerSettings.MAX_THREADS));
        connector.setProperty(
                "connectionTimeout",
                "" + limits.get(ContainerSettings.CONNECTION_TIMEOUT).toMillis());
        connector.setProperty(
                "keepAliveTimeout",
                "" + limits.get(ContainerSettings.KEEP_ALIVE_TIMEOUT).toMillis());
    }

    private void configureErrorPages() {
        ErrorReportValve withoutDetails = new ErrorReportValve();
        withoutDetails.setShowReport(false);
        withoutDetails.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(withoutDetails);
    }

    private StandardContext addApplication(ServerOptions options) {
        WebApplication application = options.application();
        tomcat.setAddDefaultWebXmlToWebapp(false);
        StandardContext context = (StandardContext)
                tomcat.addWebapp("", application.root().toAbsolutePath().toString());
        withoutJsp(context);
        context.getServletContext()
                .setAttribute(COMMAND_LINE, Map.of(DATA, options.data().toString(), ADDRESS, options.address()));
        context.setParentClassLoader(parentClassLoader(application));
        context.setFailCtxIfServletStartFails(true);
        scanOnlyWhatMatters(context);
        loadClasses(context, application);
        return context;
    }

    /** Tomcat's own defaults begin with a JSP compiler, which is not there. */
    private void withoutJsp(StandardContext context) {
        for (LifecycleListener listener : context.findLifecycleListeners()) {
            if (listener instanceof ContextConfig config) {
                config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
            }
        }
        Wrapper files = Tomcat.addServlet(context, "default", DefaultServlet.class.getName());
        files.setLoadOnStartup(1);
        files.setAsyncSupported(true);
        context.addServletMappingDecoded("/", "default");
        context.addWelcomeFile("index.html");
        Tomcat.addDefaultMimeTypeMappings(context);
    }

    private static ClassLoader parentClassLoader(WebApplication application) {
        ClassLoader classPath = EmbeddedTomcat.class.getClassLoader();
        return application.sharesClassPath() ? classPath : new ContainerClassLoader(classPath);
    }

    private static void scanOnlyWhatMatters(StandardContext context) {
        StandardJarScanFilter filter = new StandardJarScanFilter();
        filter.setDefaultTldScan(false);
        filter.setDefaultPluggabilityScan(false);
        filter.setPluggabilityScan(LIBRARIES_TO_SCAN);
        context.getJarScanner().setJarScanFilter(filter);
    }

    private static void loadClasses(StandardContext context, WebApplication application) {
        WebappLoader loader = new WebappLoader();
        loader.setDelegate(application.sharesClassPath());
        context.setLoader(loader);
        // Both look for leaks with reflection that the JDK refuses; the JVM ends with the server anyway.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);

        StandardRoot resources = new StandardRoot(context);
        application.overlays().stream()
                .filter(Files::isDirectory)
                .forEach(directory -> resources.addPreResources(overlay(resources, "/", directory)));
        application
                .classes()
                .forEach(directory -> resources.addPreResources(overlay(resources, "/WEB-INF/classes", directory)));
        if (application.sharesClassPath()) {
            application
                    .webConfig()
                    .ifPresent(file -> resources.addPreResources(
                            new FileResourceSet(resources, "/WEB-INF/web.config", file.toString(), "/")));
        }
        context.setResources(resources);
    }

    private static DirResourceSet overlay(StandardRoot resources, String mount, Path directory) {
        return new DirResourceSet(resources, mount, directory.toAbsolutePath().toString(), "/");
    }
}
