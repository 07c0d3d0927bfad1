package io.hubwire.signalr.protocol;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * Gives JSON-B our own generator and a checked parser, so that what it writes is formatted and bounded like everything
 * else, and what it reads is either right or refused; the rest is the container's provider.
 */
final class RulesJsonProvider extends JsonProvider {
    private final JsonProvider provider = JsonProvider.provider();
    private final JsonParserFactory parsers = provider.createParserFactory(Map.of());

    /** Tells {@link #createGenerator(Writer)} which generator is meant; characters never pass through it. */
    static final class GeneratorWriter extends Writer {
        private final JsonTextGenerator generator;

        GeneratorWriter(JsonTextGenerator generator) {
            this.generator = generator;
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            throw new IllegalStateException("JSON-B must write through the generator");
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Override
    public JsonGenerator createGenerator(Writer writer) {
        return writer instanceof GeneratorWriter ours ? ours.generator : provider.createGenerator(writer);
    }

    @Override
    public JsonGeneratorFactory createGeneratorFactory(Map<String, ?> config) {
        JsonGeneratorFactory factory = provider.createGeneratorFactory(config);
        return new JsonGeneratorFactory() {

            @Override
            public JsonGenerator createGenerator(Writer writer) {
                return RulesJsonProvider.this.createGenerator(writer);
            }

            @Override
            public JsonGenerator createGenerator(OutputStream out) {
                return factory.createGenerator(out);
            }

            @Override
            public JsonGenerator createGenerator(OutputStream out, Charset charset) {
                return factory.createGenerator(out, charset);
            }

            @Override
            public Map<String, ?> getConfigInUse() {
                return factory.getConfigInUse();
            }
        };
    }

    @Override
    public JsonParser createParser(Reader reader) {
        return new CheckedParser(parsers.createParser(reader));
    }

    @Override
    public JsonParser createParser(InputStream in) {
        return new CheckedParser(parsers.createParser(in));
    }

    @Override
    public JsonParserFactory createParserFactory(Map<String, ?> config) {
        return provider.createParserFactory(config);
    }

    @Override
    public JsonGenerator createGenerator(OutputStream out) {
        return provider.createGenerator(out);
    }

    @Override
    public JsonReader createReader(Reader reader) {
        return provider.createReader(reader);
    }

    @Override
    public JsonReader createReader(InputStream in) {
        return provider.createReader(in);
    }

    @Override
    public JsonWriter createWriter(Writer writer) {
        return provider.createWriter(writer);
    }

    @Override
    public JsonWriter createWriter(OutputStream out) {
        return provider.createWriter(out);
    }

    @Override
    public JsonWriterFactory createWriterFactory(Map<String, ?> config) {
        return provider.createWriterFactory(config);
    }

    @Override
    public JsonReaderFactory createReaderFactory(Map<String, ?> config) {
        return provider.createReaderFactory(config);
    }

    @Override
    public JsonObjectBuilder createObjectBuilder() {
        return provider.createObjectBuilder();
    }

    @Override
    public JsonArrayBuilder createArrayBuilder() {
        return provider.createArrayBuilder();
    }

    @Override
    public JsonBuilderFactory createBuilderFactory(Map<String, ?> config) {
        return provider.createBuilderFactory(config);
    }
}
