package io.hubwire.clients;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pages that the browser clients live in, at {@code /pages/}, and the packages from npm, at {@code /npm/}. */
final class Pages extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Path WEB = Path.of("src", "it", "web");
    private static final Path PACKAGES = Path.of("src", "it", "npm", "node_modules");

    private final transient Path folder;

    private Pages(Path folder) {
        this.folder = folder;
    }

    /** Called while the context starts. */
    static void serve(ServletContext context) {
        serve(context, "pages", WEB);
        serve(context, "npm", PACKAGES);
    }

    private static void serve(ServletContext context, String name, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " is missing; the build fills it with: npm ci");
        }
        ServletRegistration.Dynamic registration = context.addServlet(name, new Pages(folder));
        registration.addMapping("/" + name + "/*");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Path file = folder.resolve(request.getPathInfo().substring(1));
        if (Files.isRegularFile(file)) {
            response.setContentType(
                    file.toString().endsWith(".html") ? "text/html; charset=UTF-8" : "text/javascript; charset=UTF-8");
            Files.copy(file, response.getOutputStream());
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
