package io.hubwire.kit;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * A Tomcat on a free loopback port with one web application that is set up in code. What the application does not answer,
 * a servlet at {@code /} answers with {@code passed <path>}.
 */
public final class EmbeddedTomcat implements AutoCloseable {
    /** How long request threads may take to leave; one that a test holds on purpose does not leave at all. */
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final Tomcat tomcat = new Tomcat();
    private final StandardContext context;
    private final Path base;

    /** What the application does when it starts. */
    @FunctionalInterface
    public interface Setup {
        void onStartup(ServletContext context) throws ServletException;
    }

    private EmbeddedTomcat(Function<EmbeddedTomcat, Context> application) throws IOException {
        base = Files.createTempDirectory("hubwire-tomcat");
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        // How long Tomcat waits for a peer to read, among others: the tests have no twenty seconds.
        connector.setProperty("connectionTimeout", "3000");
        // Small, so that a peer which does not read is felt soon.
        connector.setProperty("socket.txBufSize", "16384");
        connector.setProperty("maxConnections", "20000");
        // Tomcat's 8,192 are too few for the groups token of a client in many groups.
        connector.setProperty("maxHttpRequestHeaderSize", "32768");
        // What the .NET client sends unescaped (protocol §1.6).
        connector.setProperty("relaxedQueryChars", "[]|{}^\\`\"<>");
        tomcat.setConnector(connector);
        context = (StandardContext) application.apply(this);
        // Both look into the JDK by force, which it tells in the log; tests audit threads themselves.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        StandardManager sessions = new StandardManager();
        // The default algorithm may be slow to seed, which Tomcat tells in the log.
        sessions.setSecureRandomAlgorithm("NativePRNGNonBlocking");
        context.setManager(sessions);
        context.addLifecycleListener(this::beforeLoaderStops);
    }

    private Context codedApplication(String contextPath, Optional<Set<Class<?>>> webSocketClasses, Setup setup) {
        Context context = tomcat.addContext(contextPath, base.toString());
        context.addServletContainerInitializer((classes, started) -> setup.onStartup(started), null);
        if (webSocketClasses.isPresent()) {
            // Only after ours, as a container may do.
            context.addServletContainerInitializer(new WsSci(), webSocketClasses.get());
        }
        addPassedServlet(context);
        return context;
    }

    /** Filters are not asked where no servlet is. */
    private static void addPassedServlet(Context context) {
        Tomcat.addServlet(context, "passed", new PassedServlet());
        context.addServletMappingDecoded("/", "passed");
    }

    private Context unpackedApplication(String contextPath, Path root, ClassLoader container) {
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Context context = tomcat.addWebapp(contextPath, root.toString());
        context.setParentClassLoader(container);
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        for (LifecycleListener listener : context.findLifecycleListeners()) {
            if (listener instanceof ContextConfig config) {
                config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
            }
        }
        addPassedServlet(context);
        return context;
    }

    /**
     * Starts an unpacked web application as an installed Tomcat does, with its descriptor and Tomcat's scan of its classes and libraries.
     *
     * @param container what the application sees besides its own classes and libraries
     */
    public static EmbeddedTomcat deploy(String contextPath, Path root, ClassLoader container) {
        return start(server -> server.unpackedApplication(contextPath, root, container));
    }

    /**
     * Starts a server.
     *
     * @param contextPath empty for the root
     * @param webSocketClasses the annotated endpoints that the container's scan would find
     */
    public static EmbeddedTomcat start(String contextPath, Set<Class<?>> webSocketClasses, Setup setup) {
        return start(contextPath, Optional.of(webSocketClasses), setup);
    }

    /**
     * Starts a server that asks who its users are by itself.
     *
     * @param authentication the realm and how users sign in, and what is for whom
     */
    public static EmbeddedTomcat start(Setup setup, Consumer<Context> authentication) {
        return start(server -> {
            Context application = server.codedApplication("", Optional.of(Set.of()), setup);
            authentication.accept(application);
            return application;
        });
    }

    /** Starts a server that has no WebSocket. */
    public static EmbeddedTomcat startWithoutWebSocket(Setup setup) {
        return start("", Optional.empty(), setup);
    }

    private static EmbeddedTomcat start(String contextPath, Optional<Set<Class<?>>> webSocketClasses, Setup setup) {
        return start(server -> server.codedApplication(contextPath, webSocketClasses, setup));
    }

    private static EmbeddedTomcat start(Function<EmbeddedTomcat, Context> application) {
        try {
            return new EmbeddedTomcat(application).started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedTomcat started() {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            close();
            throw new IllegalStateException(e);
        }
        if (!context.getState().isAvailable()) {
            close();
            throw new IllegalStateException("The application did not start; the log says why.");
        }
        return this;
    }

    /**
     * A request thread leaves the application's class loader a moment after it has answered. Tomcat looks for threads that are
     * still in there as it stops the loader, and would tell of one that is just leaving.
     */
    private void beforeLoaderStops(LifecycleEvent event) {
        if (event.getType().equals(Lifecycle.CONFIGURE_STOP_EVENT)) {
            awaitIdle();
        }
    }

    /** Waits until no request thread is at work, 5 s at most: a thread that has told us of an event is inside Tomcat for a moment longer. */
    public void awaitIdle() {
        if (tomcat.getConnector().getProtocolHandler().getExecutor() instanceof ThreadPoolExecutor threads) {
            long deadline = System.nanoTime() + LEAVING.toNanos();
            while (threads.getActiveCount() > 0 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Has Tomcat wait longer for the request on a connection that is opened from now on. */
    public void awaitRequestsFor(Duration time) {
        tomcat.getConnector().setProperty("connectionTimeout", Long.toString(time.toMillis()));
    }

    /** The port that was free. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** The application, for what is special. */
    public Context context() {
        return context;
    }

    /** How many requests are being answered asynchronously. */
    public long asyncRequests() {
        return context.getInProgressAsyncCount();
    }

    /** Undeploys the application; the server goes on. */
    public void stopApplication() {
        try {
            context.stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            try (Stream<Path> files = Files.walk(base)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class PassedServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("passed " + request.getRequestURI());
        }
    }
}
