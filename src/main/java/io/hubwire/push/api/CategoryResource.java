package io.hubwire.push.api;

import io.hubwire.push.domain.Category;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The categories, in the order in which they should be shown. */
@Path("categories")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CategoryResource {

    @GET
    public List<Titled> categories() {
        return Stream.of(Category.values())
                .map(category -> new Titled(category.id(), category.title()))
                .toList();
    }

    static WebApplicationException unknown() {
        return Problem.badRequest("The category must be one of "
                + Stream.of(Category.values()).map(Category::id).collect(Collectors.joining(", ")) + ".");
    }

    /**
     * A category to choose.
     *
     * @param id what requests name it by
     */
    public record Titled(String id, String title) {}
}
