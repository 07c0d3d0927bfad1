package io.hubwire.push.boot.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.logging.LogManager;

/** Runs the application until the process is told to end. */
public final class Main {

    private static final int FAILED = 1;
    private static final String LOG_MANAGER_PROPERTY = "java.util.logging.manager";

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (CheckCommand.isAsked(arguments)) {
            System.exit(CheckCommand.run(Main.class.getClassLoader(), Path.of("conf", "web.config"), arguments[0]));
        }
        CommandLine commandLine = CommandLine.parseOrExit(arguments);
        configureLogging();
        String unpacked = System.getProperty(Launcher.RUN_DIRECTORY_PROPERTY);
        if (unpacked == null) {
            serve(commandLine, WebApplication.fromCheckout(), () -> {});
        } else {
            RunDirectory directory = RunDirectory.adopt(Path.of(unpacked));
            serve(commandLine, WebApplication.unpacked(Launcher.unpackedIn(directory.path())), directory::close);
        }
    }

    private static void serve(CommandLine commandLine, WebApplication application, Runnable cleanUp)
            throws InterruptedException {
        try {
            EmbeddedTomcat server = EmbeddedTomcat.start(
                    new ServerOptions(commandLine.address(), commandLine.port(), commandLine.data(), application));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, cleanUp), "hubwire-shutdown"));
            System.out.println("Hubwire is ready: " + server.uri());
            server.await();
        } catch (ServerStartException e) {
            cleanUp.run();
            System.err.println(e.getMessage());
            LogManager.getLogManager().reset();
            System.exit(FAILED);
        }
    }

    private static void end(EmbeddedTomcat server, Runnable cleanUp) {
        try {
            server.drain();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        try {
            server.close();
            cleanUp.run();
        } finally {
            LogManager.getLogManager().reset();
        }
    }

    /** Ours, unless the operator names a file of his own with the JDK's properties. */
    private static void configureLogging() throws IOException {
        if (System.getProperty(LOG_MANAGER_PROPERTY) == null) {
            System.setProperty(LOG_MANAGER_PROPERTY, ShutdownLogManager.class.getName());
        }
        boolean configured = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (configured) {
            return;
        }
        try (InputStream ours = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(ours);
        }
    }
}
