package io.hubwire.packaging;

import io.hubwire.kit.ContainerLoader;
import io.hubwire.kit.EmbeddedTomcat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A web application as it lies unpacked in an installed Tomcat: some classes, the library's archive with the JSON library that it needs, and no other library. */
record UnpackedApplication(Path root) {
    private static final Path JAR = Path.of(System.getProperty("hubwire.library.jar", "target/hubwire-signalr.jar"));

    /** Puts it there. */
    static UnpackedApplication in(Path root, Class<?>... classes)
            throws IOException, URISyntaxException, ClassNotFoundException {
        UnpackedApplication application = new UnpackedApplication(root);
        Path libraries = Files.createDirectories(root.resolve("WEB-INF/lib"));
        Files.copy(JAR, libraries.resolve("hubwire-signalr.jar"));
        copyJarOf("jakarta.json.Json", libraries);
        copyJarOf("org.eclipse.parsson.JsonProviderImpl", libraries);
        for (Class<?> type : classes) {
            application.copyClass(type);
        }
        return application;
    }

    private static void copyJarOf(String className, Path libraries)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path jar = Path.of(Class.forName(className)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(jar, libraries.resolve(jar.getFileName()));
    }

    private void copyClass(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path file = root.resolve("WEB-INF/classes").resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream compiled = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(compiled, file);
        }
    }

    /** Writes {@code WEB-INF/web.config}. */
    void configure(String content) throws IOException {
        Files.writeString(root.resolve("WEB-INF/web.config"), content);
    }

    /** Deploys it at {@code /app}, with this in its {@code web.xml}. */
    EmbeddedTomcat deploy(String attributes, String content) throws IOException {
        Files.writeString(
                root.resolve("WEB-INF/web.xml"),
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.1' " + attributes + ">" + content
                        + "</web-app>");
        return EmbeddedTomcat.deploy("/app", root, new ContainerLoader());
    }
}
