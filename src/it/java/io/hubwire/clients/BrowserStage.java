package io.hubwire.clients;

import io.hubwire.kit.Chromium;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.chrome.ChromeDriver;

/** A browser with a page on which clients live side by side, each in a frame. Usable from any thread; one at a time is served. */
final class BrowserStage implements AutoCloseable {
    private final ChromeDriver browser;

    private BrowserStage(ChromeDriver browser) {
        this.browser = browser;
    }

    /** @param site that has the pages */
    static BrowserStage open(String site) {
        BrowserStage stage = new BrowserStage(Chromium.open(Map.of()));
        stage.browser.get(site + "/pages/stage.html");
        return stage;
    }

    void enter(String teller, String address) {
        run("enter(arguments[0], arguments[1])", teller, address);
    }

    void order(String teller, String id, String name, Object... parameters) {
        run("order(arguments[0], arguments[1], arguments[2], arguments[3])", teller, id, name, parameters);
    }

    /** The answer with this id, if it has come; only once. */
    @SuppressWarnings("unchecked") // An object of the script is a map of the driver.
    Optional<Map<String, Object>> answer(String id) {
        return Optional.ofNullable((Map<String, Object>) run("return answer(arguments[0])", id));
    }

    void leave(String teller) {
        run("leave(arguments[0])", teller);
    }

    private synchronized Object run(String script, Object... parameters) {
        return browser.executeScript(script, parameters);
    }

    @Override
    public synchronized void close() {
        browser.quit();
    }
}
