package io.hubwire.signalr.config.setting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Turns a file into elements. A document type is refused, and with it every entity: nothing outside of the file is ever read, and nothing grows while it is read. A
 * file may have 1 MiB and elements 32 deep.
 */
public final class ConfigFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 32;

    private final String file;
    private final Deque<ConfigElement> open = new ArrayDeque<>();

    private ConfigFile(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param xml closed by the caller
     * @param file its name, for messages
     * @throws ConfigurationException when it is not well-formed, has a document type, has text between elements, or is too large
     * @throws UncheckedIOException when it cannot be read
     */
    public static ConfigElement parse(InputStream xml, String file) {
        try {
            byte[] bytes = xml.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ConfigurationException(file + " has more than " + MAX_BYTES + " bytes.");
            }
            return parse(bytes, file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /**
     * Reads a file that the operator names.
     *
     * @throws ConfigurationException also when there is no such file
     */
    public static ConfigElement parse(Path file) {
        try (InputStream xml = Files.newInputStream(file)) {
            return parse(xml, file.toString());
        } catch (IOException e) {
            throw new ConfigurationException("The configuration " + file.toAbsolutePath() + " cannot be read.", e);
        }
    }

    private static ConfigElement parse(byte[] xml, String file) {
        try {
            XMLStreamReader reader = safeFactory().createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return new ConfigFile(file).root(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            throw new ConfigurationException(file + ", line " + line + ": this is not well-formed XML.", e);
        }
    }

    private static XMLInputFactory safeFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private ConfigElement root(XMLStreamReader reader) throws XMLStreamException {
        ConfigElement closed = null;
        while (reader.hasNext()) {
            int line = reader.getLocation().getLineNumber(); // where the next one begins
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin(element(reader, line));
                case XMLStreamConstants.END_ELEMENT -> closed = open.pop();
                case XMLStreamConstants.DTD ->
                    throw wrong(reader.getLocation().getLineNumber(), "A document type (<!DOCTYPE>) is not allowed");
                case XMLStreamConstants.CHARACTERS -> requireBlank(reader, line);
                default -> {} // comments and the like
            }
        }
        return closed; // a well-formed document has a root
    }

    private void begin(ConfigElement element) {
        if (open.size() == MAX_DEPTH) {
            throw element.wrong("elements stand more than " + MAX_DEPTH + " deep");
        }
        if (!open.isEmpty()) {
            open.peek().children().add(element);
        }
        open.push(element);
    }

    private ConfigElement element(XMLStreamReader reader, int line) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        List<ConfigElement> children = new ArrayList<>();
        return new ConfigElement(file, line, reader.getLocalName(), attributes, children);
    }

    private void requireBlank(XMLStreamReader reader, int line) {
        if (!reader.isWhiteSpace()) {
            String text = reader.getText();
            String found = text.strip();
            long above = text.substring(0, text.indexOf(found))
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            throw wrong(
                    line + Math.toIntExact(above), "\"" + found + "\" stands between elements, where there is no text");
        }
    }

    private ConfigurationException wrong(int line, String text) {
        return new ConfigurationException(file + ", line " + line + ": " + text + ".");
    }
}
