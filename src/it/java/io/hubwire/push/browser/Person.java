package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.Chromium;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Somebody with a browser of their own. */
final class Person implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Through the retries of a page that could not connect at first: they come after 5, 15 and 35 s. */
    private static final Duration CONNECTING = Duration.ofSeconds(60);

    private final String name;
    private final URI site;
    private final ChromeDriver browser;

    private Person(String name, URI site, ChromeDriver browser) {
        this.name = name;
        this.site = site;
        this.browser = browser;
    }

    /**
     * Opens a browser.
     *
     * @param downloads where the browser puts what it downloads
     */
    static Person at(URI site, String name, Path downloads) {
        return new Person(
                name,
                site,
                Chromium.open(Map.of(
                        "download.default_directory", downloads.toString(), "download.prompt_for_download", false)));
    }

    /** Signs in with the demo password. */
    Person signIn() {
        browser.get(site.resolve("signin.html").toString());
        type("signin-name", name);
        type("signin-password", "demo-" + name);
        find("signin-submit").click();
        await("the application", () -> !browser.findElements(testId("connection-state"))
                .isEmpty());
        return this;
    }

    /** Opens the application, with a transport of the caller's choice ({@code auto} for the page's own). */
    Person open(String transport) {
        browser.get(site.resolve("index.html?transport=" + transport).toString());
        awaitLive();
        return this;
    }

    /** Opens one of the other pages, and waits until it is live. */
    Person visit(String page) {
        browser.get(site.resolve(page).toString());
        awaitLive();
        return this;
    }

    /** Opens one of the other pages, which may have no live connection. */
    Person look(String page) {
        browser.get(site.resolve(page).toString());
        return this;
    }

    boolean sees(String id) {
        return find(id).isDisplayed();
    }

    /** Waits until it is shown, or is not any more. */
    void awaitSight(String id, boolean shown) {
        await((shown ? "the sight of " : "the end of ") + id, () -> sees(id) == shown);
    }

    /** The pages that the header leads to, by their titles. */
    List<String> linked() {
        return browser.findElements(By.cssSelector("nav.pages a")).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** What the browser's console has said since it was asked last. */
    List<String> complaints() {
        return browser.manage().logs().get("browser").getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /** Waits until it takes clicks: it is enabled, and done with the one before. */
    void click(String id) {
        await(id + " to be enabled", () -> find(id).isEnabled() && !isBusy(find(id)));
        find(id).click();
    }

    private static boolean isBusy(WebElement button) {
        return "true".equals(button.getAttribute("aria-busy"));
    }

    void enter(String id, String text) {
        type(id, text);
    }

    void press(String id, CharSequence... keys) {
        find(id).sendKeys(keys);
    }

    /** Drags an element by so many pixels. */
    void drag(String id, int right, int down) {
        new Actions(browser).dragAndDropBy(find(id), right, down).perform();
    }

    String text(String id) {
        return find(id).getText();
    }

    void awaitPart(String id, String part) {
        await("\"" + part + "\" in " + id, () -> text(id), () -> text(id).contains(part));
    }

    String transport() {
        return find("connection-transport").getText();
    }

    String connectionState() {
        return find("connection-state").getText();
    }

    void awaitLive() {
        await("a live connection", CONNECTING, this::connectionState, () -> connectionState()
                .contains("Live"));
    }

    void awaitNotLive() {
        await("a lost connection", this::connectionState, () -> !connectionState()
                .contains("Live"));
    }

    void follow(String other) {
        By person = By.cssSelector("[data-testid=person][data-name=" + other + "]");
        await(other + " in the list", () -> !browser.findElements(person).isEmpty());
        WebElement all = browser.findElement(person).findElement(testId("follow-all"));
        if (!isPressed(all)) {
            all.click();
        }
        await(
                "the follow to be kept",
                () -> isPressed(browser.findElement(person).findElement(testId("follow-all"))));
    }

    private static boolean isPressed(WebElement chip) {
        return "true".equals(chip.getAttribute("aria-pressed"));
    }

    void upload(Path file, String category) {
        find("upload-file").sendKeys(file.toString());
        new Select(find("upload-category")).selectByValue(category);
        find("upload-submit").click();
        await("the end of the upload", () -> !find("upload-result").getText().isBlank());
    }

    /** The inbox entries of a file, waiting until there is one. */
    List<WebElement> awaitItem(String fileName) {
        await(fileName + " in the inbox", () -> !items(fileName).isEmpty());
        return items(fileName);
    }

    List<WebElement> items(String fileName) {
        return browser.findElements(By.xpath("//*[@data-testid='inbox-item'][contains(., '" + fileName + "')]"));
    }

    void awaitUnread(int count) {
        awaitText("unread-count", String.valueOf(count));
    }

    void download(String fileName) {
        awaitItem(fileName).get(0).findElement(testId("inbox-item-download")).click();
    }

    /** Runs a script before any script of the pages that are opened from now on. */
    Person withScript(String script) {
        browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        return this;
    }

    /** Opens any page, and waits until it is live if it has a connection that the person may have. */
    void load(String page) {
        browser.get(site.resolve(page).toString());
        if (!browser.findElements(testId("connection-state")).isEmpty()) {
            awaitLive();
        }
    }

    /** What the script has kept that listens for it. */
    @SuppressWarnings("unchecked") // an array of strings
    List<String> policyViolations() {
        return (List<String>) browser.executeScript("return window.violations");
    }

    void awaitPolicyViolation(String part) {
        await("a violation of " + part, () -> policyViolations().toString(), () -> policyViolations().stream()
                .anyMatch(violation -> violation.contains(part)));
    }

    void run(String script) {
        browser.executeScript(script);
    }

    /** The version of the client library that the page runs. */
    String clientLibrary() {
        return (String) browser.executeScript("return jQuery.signalR.version");
    }

    /** Goes to another page of the application by the navigation in its header. */
    void followLink(String text) {
        browser.findElement(By.linkText(text)).click();
    }

    void awaitText(String id, String pattern) {
        await(pattern + " in " + id, () -> text(id), () -> text(id).matches(pattern));
    }

    /** Of the document's own element. */
    void awaitAttribute(String name, String value) {
        await(
                name + " = " + value,
                () -> value.equals(browser.findElement(By.tagName("html")).getAttribute(name)));
    }

    void awaitRows(String id, int count) {
        await(
                count + " rows in " + id,
                () -> browser.findElements(By.cssSelector("#" + id + " tr")).size() >= count);
    }

    /** How wide the page is on a screen of that width, in dark colours. */
    long widthOnAPhone(int width) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        return (Long) browser.executeScript("return document.documentElement.scrollWidth");
    }

    byte[] screenshot() {
        return browser.getScreenshotAs(OutputType.BYTES);
    }

    void leave() {
        browser.get("about:blank");
    }

    private void type(String id, String text) {
        WebElement field = find(id);
        field.clear();
        field.sendKeys(text);
    }

    private WebElement find(String id) {
        return browser.findElement(testId(id));
    }

    private static By testId(String id) {
        return By.cssSelector("[data-testid=" + id + "]");
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) {
        await(what, PATIENCE, this::connectionState, condition);
    }

    private void await(String what, Supplier<String> seen, Condition condition) {
        await(what, PATIENCE, seen, condition);
    }

    /** Says in its failure what was seen instead, and on which page. */
    private void await(String what, Duration patience, Supplier<String> seen, Condition condition) {
        boolean held = new WebDriverWait(browser, patience)
                .withMessage(() -> what + " for " + name + "; there was <" + orWhyNot(seen) + "> at "
                        + browser.getCurrentUrl() + "; transport: " + orWhyNot(this::transport) + "; console: "
                        + complaints() + "; page: " + orWhyNot(this::page))
                .ignoring(StaleElementReferenceException.class)
                .until(any -> condition.holds());
        assertThat(held).isTrue();
    }

    private static String orWhyNot(Supplier<String> seen) {
        try {
            return seen.get();
        } catch (WebDriverException none) {
            return none.getClass().getSimpleName();
        }
    }

    /** All that can be read on the page. */
    private String page() {
        return browser.findElement(By.tagName("body")).getText();
    }

    @Override
    public void close() {
        browser.quit();
    }
}
