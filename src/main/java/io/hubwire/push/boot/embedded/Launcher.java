package io.hubwire.push.boot.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What {@code java -jar hubwire.war} runs: unpacks the archive into a private directory, then hands over to {@link Main}
 * with the embedded server's libraries on its class path.
 */
public final class Launcher {

    /** The system property that tells {@link Main} which run directory the archive has been unpacked in. */
    static final String RUN_DIRECTORY_PROPERTY = "hubwire.run";

    private static final String MAIN = "io.hubwire.push.boot.embedded.Main";
    private static final String SERVER_LIBRARIES = "WEB-INF/lib-embedded";

    /** Reachable as long as the process lives: a collected channel would give up its lock. */
    private static RunDirectory directory;

    private Launcher() {}

    public static void main(String[] arguments) throws Throwable {
        if (CheckCommand.isAsked(arguments)) {
            System.exit(check(arguments[0]));
        }
        CommandLine commandLine = CommandLine.parseOrExit(arguments);
        try {
            run(prepare(archive(), commandLine.data()), arguments);
        } catch (IOException e) {
            System.err.println("The archive cannot be unpacked: " + e.getMessage());
            System.exit(1);
        }
    }

    /** In a directory of its own, since nothing else is to be touched. */
    private static int check(String argument) throws IOException, URISyntaxException {
        Path temporary = Files.createTempDirectory("hubwire-check");
        try (RunDirectory unpacked = RunDirectory.create(temporary)) {
            Path application = unpackedIn(unpacked.path());
            unpack(archive(), application);
            return CheckCommand.run(application, argument);
        } finally {
            RunDirectory.remove(temporary);
        }
    }

    /** Where the web application lies in the run directory of an executable archive. */
    static Path unpackedIn(Path runDirectory) {
        return runDirectory.resolve("application");
    }

    private static Path archive() throws URISyntaxException {
        return Path.of(Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static ClassLoader prepare(Path archive, Path data) throws IOException {
        directory = RunDirectory.create(data);
        Path application = unpackedIn(directory.path());
        unpack(archive, application);
        System.setProperty(RUN_DIRECTORY_PROPERTY, directory.path().toString());
        return classLoader(archive, application.resolve(SERVER_LIBRARIES));
    }

    private static void unpack(Path archive, Path target) throws IOException {
        try (JarFile jar = new JarFile(archive.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                unpack(jar, entry, target);
            }
        }
    }

    private static void unpack(JarFile jar, JarEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("The archive is damaged: an entry is called " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file);
        }
    }

    private static ClassLoader classLoader(Path archive, Path libraries) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(archive.toUri().toURL());
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(libraries, "*.jar")) {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader("embedded", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static void run(ClassLoader loader, String[] arguments) throws Throwable {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
