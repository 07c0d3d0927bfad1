package io.hubwire.push.boot.embedded;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of a web application.
 *
 * @param root the directory that holds the pages and {@code WEB-INF}
 * @param overlays directories laid over {@code root}, at its top
 * @param classes directories laid over {@code WEB-INF/classes}; when there are any, they and all libraries are taken from
 *     the class path of the running JVM and {@code root} holds no classes, so that no class is loaded twice
 */
public record WebApplication(Path root, List<Path> overlays, List<Path> classes) {

    /** A root that is no directory throws {@link IllegalArgumentException}. */
    public WebApplication {
        Objects.requireNonNull(root, "root");
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException("There is no web application at " + root);
        }
        overlays = List.copyOf(overlays);
        classes = List.copyOf(classes);
    }

    /** An unpacked WAR, with its classes and libraries in {@code WEB-INF}. */
    public static WebApplication unpacked(Path root) {
        return new WebApplication(root, List.of(), List.of());
    }

    /** The application of the checkout that this class was compiled in: its pages, front-end packages and classes. */
    public static WebApplication fromCheckout() {
        Path compiled = codeSource();
        Path target = compiled.getParent();
        return new WebApplication(
                target.resolveSibling("webapp"), List.of(target.resolve("front-end")), List.of(compiled));
    }

    /** Whether classes and libraries come from the class path of the running JVM. */
    boolean sharesClassPath() {
        return !classes.isEmpty();
    }

    /** What an operator configures it by: packaged in {@code WEB-INF}, in a checkout beside the pages. */
    Optional<Path> webConfig() {
        Path file = sharesClassPath()
                ? root.toAbsolutePath().resolveSibling("conf").resolve("web.config")
                : root.resolve("WEB-INF").resolve("web.config");
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static Path codeSource() {
        try {
            return Path.of(WebApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path holds an address that is no URI", e);
        }
    }
}
