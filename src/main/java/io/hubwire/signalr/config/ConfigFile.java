package io.hubwire.signalr.config;

import java.io.InputStream;
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

/** Turns a file into elements. A document type is refused, and with it every entity: nothing outside of the file is ever read. */
final class ConfigFile {
    private final String file;
    private final Deque<ConfigElement> open = new ArrayDeque<>();

    private ConfigFile(String file) {
        this.file = file;
    }

    /** @throws ConfigurationException when it is not well-formed, has a document type, or has text between elements */
    static ConfigElement parse(InputStream xml, String file) {
        try {
            XMLStreamReader reader = safeFactory().createXMLStreamReader(xml);
            try {
                return new ConfigFile(file).root(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new ConfigurationException(
                    file + ", line "
                            + (e.getLocation() == null ? 1 : e.getLocation().getLineNumber())
                            + ": this is not well-formed XML.",
                    e);
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
