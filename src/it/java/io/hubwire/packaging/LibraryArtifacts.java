package io.hubwire.packaging;

import static java.util.stream.Collectors.toCollection;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The library and what a build that depends on it puts beside it, as its POM says: what is listed there, and what that needs in turn. The files are those of the tests' own class
 * path, in the listed versions.
 */
public final class LibraryArtifacts {
    private static final Path JAR = Path.of(System.getProperty("hubwire.library.jar", "target/hubwire-signalr.jar"));
    private static final Path POM = JAR.resolveSibling("library").resolve("pom.xml");
    private static final Set<String> PACKAGED = Set.of("compile", "runtime");

    private LibraryArtifacts() {}

    /** The library first. */
    public static List<File> files() {
        Map<String, File> found = new LinkedHashMap<>();
        found.put("the library", JAR.toFile());
        try (InputStream pom = Files.newInputStream(POM)) {
            Deque<Dependency> wanted = dependencies(pom);
            while (!wanted.isEmpty()) {
                Dependency next = wanted.remove();
                if (!found.containsKey(next.name())) {
                    found.put(next.name(), next.file());
                    wanted.addAll(next.dependencies());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(found.values());
    }

    private record Dependency(String group, String artifact, Optional<String> version) {

        String name() {
            return group + ":" + artifact;
        }

        File file() throws IOException {
            URL descriptor = descriptor("pom.properties");
            Properties properties = new Properties();
            try (InputStream in = descriptor.openStream()) {
                properties.load(in);
            }
            if (version.isPresent() && !version.get().equals(properties.getProperty("version"))) {
                throw new IllegalStateException(name() + " is listed with version " + version.get()
                        + ", but the tests run with " + properties.getProperty("version"));
            }
            try {
                return new File(((JarURLConnection) descriptor.openConnection())
                        .getJarFileURL()
                        .toURI());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        Deque<Dependency> dependencies() throws IOException {
            try (InputStream pom = descriptor("pom.xml").openStream()) {
                return LibraryArtifacts.dependencies(pom);
            }
        }

        private URL descriptor(String file) {
            String path = "META-INF/maven/" + group + "/" + artifact + "/" + file;
            URL found = LibraryArtifacts.class.getClassLoader().getResource(path);
            if (found == null) {
                throw new IllegalStateException(name() + " is not on the class path of the tests");
            }
            return found;
        }
    }

    private static Deque<Dependency> dependencies(InputStream pom) throws IOException {
        Element project = parse(pom);
        List<Element> managed = children(project, "dependencyManagement")
                .flatMap(element -> children(element, "dependencies"))
                .flatMap(element -> children(element, "dependency"))
                .toList();
        return children(project, "dependencies")
                .flatMap(element -> children(element, "dependency"))
                .filter(element -> !text(element, "optional").equals(Optional.of("true")))
                .filter(element -> PACKAGED.contains(text(element, "scope")
                        .or(() -> managedScope(managed, element))
                        .orElse("compile")))
                .map(element -> new Dependency(
                        text(element, "groupId").orElseThrow(),
                        text(element, "artifactId").orElseThrow(),
                        text(element, "version")))
                .collect(toCollection(ArrayDeque::new));
    }

    private static Optional<String> managedScope(List<Element> managed, Element dependency) {
        return managed.stream()
                .filter(element -> text(element, "groupId").equals(text(dependency, "groupId"))
                        && text(element, "artifactId").equals(text(dependency, "artifactId")))
                .findFirst()
                .flatMap(element -> text(element, "scope"));
    }

    private static Element parse(InputStream xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(xml).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    private static Optional<String> text(Element parent, String name) {
        return children(parent, name).map(Node::getTextContent).findFirst();
    }

    private static Stream<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast);
    }
}
