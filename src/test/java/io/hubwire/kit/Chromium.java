package io.hubwire.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Opens the browser that the build has seen to. */
public final class Chromium {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--window-size=1280,900");

    private Chromium() {}

    /**
     * Opens a browser without a window; the caller quits it.
     *
     * @param preferences of the profile, which is a new one
     */
    public static ChromeDriver open(Map<String, Object> preferences) {
        ChromeOptions options = new ChromeOptions();
        options.addArguments(FLAGS);
        options.setExperimentalOption("prefs", preferences);
        options.setBinary(executable("chromium", "google-chrome"));
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(executable("chromedriver")))
                .build();
        return new ChromeDriver(driver, options);
    }

    /** Found on the path, where the build has seen to it; so nothing is looked up or fetched anywhere else. */
    private static String executable(String... names) {
        return Stream.of(names)
                .flatMap(file -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, file)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new AssertionError(List.of(names) + " is not on the path"));
    }
}
