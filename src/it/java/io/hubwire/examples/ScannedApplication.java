package io.hubwire.examples;

import io.hubwire.push.boot.embedded.EmbeddedTomcat;
import io.hubwire.push.boot.embedded.ServerOptions;
import io.hubwire.push.boot.embedded.ServerStartException;
import io.hubwire.push.boot.embedded.WebApplication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts Tomcat with an application that consists of some classes, which Tomcat, Weld and Jersey find by scanning; on a free port of the loopback interface. */
final class ScannedApplication {

    private ScannedApplication() {}

    /** @param directory where the application and its data are put */
    static EmbeddedTomcat start(Path directory, Class<?>... types) throws IOException, ServerStartException {
        Path root = directory.resolve("root");
        Path classes = directory.resolve("classes");
        Files.createDirectories(root.resolve("WEB-INF"));
        Files.writeString(
                root.resolve("WEB-INF/beans.xml"),
                "<beans xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.1' bean-discovery-mode='annotated'/>");
        for (Class<?> type : types) {
            copy(type, classes);
        }
        WebApplication application = new WebApplication(root, List.of(), List.of(classes));
        return EmbeddedTomcat.start(new ServerOptions("127.0.0.1", 0, directory.resolve("data"), application));
    }

    private static void copy(Class<?> type, Path classes) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path file = classes.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream compiled = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(compiled, file);
        }
    }
}
