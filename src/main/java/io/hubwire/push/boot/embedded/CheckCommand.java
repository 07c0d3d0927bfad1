package io.hubwire.push.boot.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code --check-config[=FILE]}: hands over to the application, which knows its settings, and starts nothing. */
final class CheckCommand {
    private static final String OPTION = "--check-config";
    private static final String CHECK = "io.hubwire.push.boot.ConfigCheck";

    private CheckCommand() {}

    static boolean isAsked(String... arguments) {
        return arguments.length == 1 && (arguments[0].equals(OPTION) || arguments[0].startsWith(OPTION + "="));
    }

    /** Checks by the classes of an unpacked archive, which has the file unless another one is named. Gives the exit code. */
    static int run(Path application, String argument) throws IOException {
        Path webInf = application.resolve("WEB-INF");
        List<URL> urls = new ArrayList<>();
        urls.add(webInf.resolve("classes").toUri().toURL());
        addJars(webInf.resolve("lib"), urls);
        addJars(webInf.resolve("lib-embedded"), urls);
        try (URLClassLoader loader =
                new URLClassLoader("application", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return run(loader, webInf.resolve("web.config"), argument);
        }
    }

    /** Checks by the classes of a loader. */
    static int run(ClassLoader loader, Path packaged, String argument) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return (int) loader.loadClass(CHECK)
                    .getMethod("run", PrintStream.class, PrintStream.class, Path.class, Optional.class)
                    .invoke(null, System.out, System.err, packaged, file(argument));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The configuration could not be checked", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The application has no " + CHECK, e);
        }
    }

    private static Optional<Path> file(String argument) {
        return argument.equals(OPTION)
                ? Optional.empty()
                : Optional.of(Path.of(argument.substring(OPTION.length() + 1)));
    }

    private static void addJars(Path directory, List<URL> urls) throws IOException {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
                for (Path jar : jars) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
    }
}
