package io.hubwire.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The library as others get it: only its own classes, and usable where JAX-RS, CDI, JSON-B and JPA are missing. */
class LibraryJarIT {

    private static final Path JAR = Path.of(System.getProperty("hubwire.library.jar", "target/hubwire-signalr.jar"));

    /** One class of each jar that the library's POM lists, and of the servlet container's. */
    private static final List<String> SURROUNDINGS = List.of(
            "jakarta.json.Json",
            "org.eclipse.parsson.JsonProviderImpl",
            "org.apache.catalina.startup.Tomcat",
            "org.apache.tomcat.websocket.server.WsSci");

    /** Faces that wake up by presence, and the class that binds JSON with JSON-B. */
    private static final Pattern ADAPTER = Pattern.compile(
            "io\\.hubwire\\.signalr\\.(hosting\\.(rest|cdi|validation|weld|cors)\\..*|metrics\\.micrometer\\..*|(.*\\.)?JsonbObjectBinding(\\$.*)?)");

    private static final Set<String> MISSING = Set.of(
            "jakarta.ws.rs.core.Response",
            "jakarta.enterprise.inject.spi.CDI",
            "jakarta.inject.Inject",
            "jakarta.json.bind.Jsonb",
            "jakarta.validation.Validation",
            "jakarta.persistence.Entity",
            "io.micrometer.core.instrument.MeterRegistry");

    private static final int FEWEST_CLASSES = 100;

    private JarFile jar;
    private URLClassLoader loader;
    private final ClassLoader own = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(JAR.toFile());
        URL library = JAR.toUri().toURL();
        URL[] classPath = Stream.concat(
                        Stream.of(library), SURROUNDINGS.stream().map(LibraryJarIT::jarOf))
                .toArray(URL[]::new);
        loader = new URLClassLoader("library", classPath, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(own);
        loader.close();
        jar.close();
    }

    @Test
    void jar_content_isTheLibraryAlone() {
        assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
                .hasSizeGreaterThan(FEWEST_CLASSES)
                .contains("META-INF/LICENSE", "META-INF/web-fragment.xml")
                .allMatch(name -> name.startsWith("io/hubwire/signalr/")
                        || name.startsWith("META-INF/services/")
                        || name.equals("META-INF/LICENSE")
                        || name.equals("META-INF/web-fragment.xml")
                        || name.equals("META-INF/MANIFEST.MF"));
    }

    @Test
    void surroundings_lackWhatTheLibraryMustNotNeed() {
        assertThat(MISSING).allSatisfy(name -> assertThatThrownBy(() -> loader.loadClass(name))
                .isInstanceOf(ClassNotFoundException.class));
    }

    @Test
    void everyClass_withoutTheRestOfJakarta_loads() {
        List<String> core = classNames().filter(name -> !isAdapter(name)).toList();

        assertThat(core).hasSizeGreaterThan(FEWEST_CLASSES).allSatisfy(this::loadCompletely);
    }

    @Test
    void services_all_areImplementedInTheJar() {
        assertThat(jar.stream().filter(entry -> entry.getName().matches("META-INF/services/.+")))
                .allSatisfy(service -> assertThat(providers(service))
                        .isNotEmpty()
                        .isSubsetOf(classNames().toList()));
    }

    /** Initializing links the code of a class; the types of its members are resolved only when they are asked for. */
    private void loadCompletely(String name) throws ClassNotFoundException {
        Class<?> type = Class.forName(name, true, loader);

        assertThat(type.getClassLoader()).isSameAs(loader);
        assertThat(Stream.of(type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields()))
                .doesNotContainNull();
    }

    private List<String> providers(JarEntry service) throws IOException {
        String text = new String(jar.getInputStream(service).readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private Stream<String> classNames() {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'));
    }

    private static boolean isAdapter(String name) {
        return ADAPTER.matcher(name).matches();
    }

    private static URL jarOf(String className) {
        try {
            return Class.forName(className)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
