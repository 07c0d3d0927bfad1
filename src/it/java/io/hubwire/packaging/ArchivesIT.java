package io.hubwire.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The two archives of the application: one brings what a servlet container lacks, the other nothing that a Jakarta EE server has. */
class ArchivesIT {
    private static final Path FOR_TOMCAT = Path.of(System.getProperty("hubwire.war", "target/hubwire.war"));
    private static final Path FOR_WILDFLY =
            Path.of(System.getProperty("hubwire.wildfly.war", "target/hubwire-wildfly.war"));
    private static final String LIBRARIES = "WEB-INF/lib/";

    /** Packages of Jakarta's interfaces and their implementations, and of logging; all are WildFly's own. */
    private static final List<String> OF_THE_SERVER = List.of(
            "jakarta/",
            "org/aopalliance/",
            "org/jboss/",
            "org/glassfish/",
            "org/jvnet/hk2/",
            "org/hibernate/",
            "org/eclipse/yasson/",
            "org/eclipse/parsson/",
            "org/eclipse/angus/",
            "com/sun/",
            "net/bytebuddy/",
            "javassist/",
            "org/antlr/",
            "org/slf4j/",
            "org/apache/tomcat/",
            "org/apache/catalina/");

    @Test
    void archives_differInWhatTheServerHas_andInNothingElse() throws IOException {
        Set<String> ours = new TreeSet<>();
        try (JarFile war = new JarFile(FOR_TOMCAT.toFile())) {
            for (ZipEntry library : libraries(war)) {
                if (!isOfTheServer(war, library)) {
                    ours.add(library.getName());
                }
            }
        }
        try (JarFile war = new JarFile(FOR_WILDFLY.toFile())) {
            assertThat(libraries(war)).extracting(ZipEntry::getName).containsExactlyInAnyOrderElementsOf(ours);
        }
        assertThat(contentBesidesLibraries(FOR_WILDFLY))
                .contains("WEB-INF/jboss-deployment-structure.xml", "index.html", "lib/jquery.signalR.min.js")
                .noneMatch(name -> name.startsWith("io/") || name.startsWith("WEB-INF/lib-embedded/"));
        Set<String> onlyForTomcat = contentBesidesLibraries(FOR_TOMCAT);
        onlyForTomcat.removeAll(contentBesidesLibraries(FOR_WILDFLY));
        assertThat(onlyForTomcat)
                .allMatch(name -> name.startsWith("io/hubwire/push/boot/embedded/")
                        || name.startsWith("io/hubwire/signalr/config/setting/") // with which it reads its own part
                        || name.startsWith("WEB-INF/lib-embedded/")
                        || name.equals("META-INF/context.xml"));
    }

    @Test
    void java_runsTheOneForTomcat_andNotTheOther() throws IOException {
        try (JarFile tomcat = new JarFile(FOR_TOMCAT.toFile());
                JarFile wildfly = new JarFile(FOR_WILDFLY.toFile())) {
            assertThat(mainClass(tomcat)).isEqualTo("io.hubwire.push.boot.embedded.Launcher");
            assertThat(mainClass(wildfly)).isNull();
        }
    }

    private static String mainClass(JarFile war) throws IOException {
        return war.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }

    private static List<? extends ZipEntry> libraries(JarFile war) {
        return war.stream()
                .filter(entry -> entry.getName().startsWith(LIBRARIES) && !entry.isDirectory())
                .toList();
    }

    private static Set<String> contentBesidesLibraries(Path archive) throws IOException {
        try (JarFile war = new JarFile(archive.toFile())) {
            return war.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name -> !name.startsWith(LIBRARIES))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** By the classes in it: a library under another name is found as well. */
    private static boolean isOfTheServer(JarFile war, ZipEntry library) {
        try (InputStream bytes = war.getInputStream(library);
                ZipInputStream content = new ZipInputStream(bytes)) {
            for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
                String name = entry.getName();
                if (name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF/")) {
                    return OF_THE_SERVER.stream().anyMatch(name::startsWith);
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
