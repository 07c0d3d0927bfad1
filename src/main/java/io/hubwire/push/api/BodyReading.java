package io.hubwire.push.api;

import io.hubwire.push.domain.PushLimit;
import io.hubwire.push.service.Refusals;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bounds what is read into memory, and blames a body that can't be read on its sender. Uploads don't come this way. */
public class BodyReading implements ReaderInterceptor {
    /** Of a JSON document or a form: a thousand notification ids fit. */
    static final int MAX_BYTES = 64 * 1024;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Bounded(context.getInputStream()));
        try {
            return context.proceed();
        } catch (ProcessingException | JsonbException unreadable) {
            throw Problem.badRequest("The body is not what is expected here.");
        }
    }

    private static final class Bounded extends FilterInputStream {
        private int left = MAX_BYTES;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            return read < 0 ? read : counted(1, read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        private int counted(int bytes, int result) {
            left -= bytes;
            if (left < 0) {
                CDI.current().select(Refusals.class).get().refused(PushLimit.API_BODY_SIZE); // nothing is injected here
                throw Problem.refusal(413, "too_large", "The body may have at most " + MAX_BYTES + " bytes.");
            }
            return result;
        }
    }
}
