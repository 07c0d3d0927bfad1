package io.hubwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.Chromium;
import io.hubwire.signalr.security.OriginPolicy;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The ways in which pages use hubs: the generated proxy, one made by hand, and the factory for AngularJS; the latter on another origin too. */
@Tag("browser")
class BrowserProxiesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ExampleServer home;
    private static ExampleServer away;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() {
        home = start(OriginPolicy.sameOrigin());
        away = start(OriginPolicy.allowing(List.of(home.site())));
        browser = Chromium.open(Map.of());
        browser.manage().timeouts().scriptTimeout(PATIENCE);
    }

    private static ExampleServer start(OriginPolicy origins) {
        return ExampleServer.start(
                origins,
                new PipelineModules.LoggingModule(line -> {}),
                PageFiles::serve,
                ContosoChatHub.class,
                StockHub.class,
                Members.MembersHub.class);
    }

    @AfterAll
    static void stop() {
        browser.quit();
        away.close();
        home.close();
    }

    @BeforeEach
    void open() {
        browser.get(home.site() + "/files/proxies.html");
        browser.executeScript("localStorage.setItem('authorizationData', JSON.stringify({ token: 'token of bob' }))");
    }

    @Test
    void generatedProxy_callsAndIsCalled() {
        run("const chat = $.connection.contosoChatHub;"
                + "chat.client.addNewMessageToPage = (name, text) => heard.push(name + ': ' + text);"
                + "chat.state.userName = 'Fadi';"
                + "$.connection.hub.qs = { version: '1.0' };"
                + "await $.connection.hub.start();"
                + "await chat.server.newContosoChatMessage('a', 'b');"
                + "await chat.server.newMessageOfSomebody('hello');"
                + "answers.push((await chat.server.whoAmI()).version, chat.state.sent);");

        awaitHeard("a: b");
        assertThat(answers()).containsExactly("1.0", 5L);
    }

    @Test
    void proxyMadeByHand_callsAndIsCalled() {
        run("const connection = $.hubConnection('/signalr', { useDefaultPath: false });"
                + "connection.qs = { Bearer: 'token of alice' };"
                + "const chat = connection.createHubProxy('contosoChatHub');"
                + "chat.on('addNewMessageToPage', (name, text) => heard.push(name + ': ' + text));"
                + "await connection.start({ transport: 'serverSentEvents' });"
                + "await chat.invoke('newContosoChatMessage', 'c', 'd');"
                + "answers.push((await chat.invoke('whoAmI')).user);"
                + "const refusal = await chat.invoke('nothing').then(() => null, error => error);"
                + "answers.push(refusal instanceof Error);");

        awaitHeard("c: d");
        assertThat(answers()).containsExactly("alice", true);
    }

    @Test
    void factory_onAnotherOrigin_withAllItsOptions() {
        run("const chat = new Hub('contosoChatHub', {"
                + "  rootPath: '" + away.site() + "/signalr',"
                + "  listeners: { addNewMessageToPage: (name, text) => heard.push(name + ': ' + text) },"
                + "  methods: ['whoAmI', 'newContosoChatMessage'],"
                + "  queryParams: { version: '2.0' },"
                + "  transport: ['serverSentEvents', 'longPolling'],"
                + "  logging: true });"
                + "await chat.promise;"
                + "await chat.newContosoChatMessage('e', 'f');"
                + "const me = await chat.whoAmI();"
                + "answers.push(me.user, me.version, me.transport, chat.connection.logging, chat.connection.baseUrl);");

        awaitHeard("e: f");
        assertThat(answers()).containsExactly("bob", "2.0", "serverSentEvents", true, away.site());
    }

    @Test
    void factory_sharedConnection_isOneForEachServer() {
        run("const chat = new Hub('contosoChatHub', { listeners: { notifyMessageSent: () => heard.push('sent') } });"
                + "const stocks = new Hub('stockHub', { methods: ['getAllStocks'] });"
                + "const alone = new Hub('stockHub', { useSharedConnection: false, transport: 'longPolling' });"
                + "const there = new Hub('stockHub', { rootPath: '" + away.site() + "/signalr' });"
                + "await Promise.all([chat, stocks, alone, there].map(hub => hub.promise));"
                + "answers.push(chat.connection === stocks.connection, chat.connection === alone.connection,"
                + "  chat.connection === there.connection, chat.connection.id === alone.connection.id);"
                + "answers.push((await stocks.getAllStocks()).length, alone.connection.transport.name);"
                + "const late = new Hub('membersHub', { listeners: { never: () => {} }, methods: ['greet'] });"
                + "answers.push(await late.promise.then(() => late.greet()), late.connection === chat.connection);"
                + "await chat.invoke('newMessageThenNotify', 'a', 'b');");

        awaitHeard("sent");
        assertThat(answers()).containsExactly(true, false, false, false, 2L, "longPolling", "hello", true);
    }

    @Test
    void factory_failure_goesToTheErrorHandler_andRejectsThePromise() {
        run(
                "const hub = new Hub('contosoChatHub', { rootPath: '/nowhere', errorHandler: error => heard.push('failed') });"
                        + "answers.push(await hub.promise.then(() => 'started', () => 'rejected'));");

        awaitHeard("failed");
        assertThat(answers()).containsExactly("rejected");
    }

    /** Runs the body of an async function, in which {@code Hub} is the factory's, {@code heard} and {@code answers} are arrays. */
    private static void run(String body) {
        Object failure = browser.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "(async () => { const { Hub, heard, answers } = window.page; " + body
                + " })().then(() => done(null), error => done(String(error && error.stack || error)));");
        assertThat(failure).isNull();
    }

    private static void awaitHeard(String message) {
        new WebDriverWait(browser, PATIENCE)
                .until(any -> ((List<?>) browser.executeScript("return window.page.heard")).contains(message));
    }

    @SuppressWarnings("unchecked") // An array of the script is a list of the driver.
    private static List<Object> answers() {
        return (List<Object>) browser.executeScript("return window.page.answers");
    }

    /** The page and what it loads: the application's own scripts and packages. */
    private static final class PageFiles extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private static final List<Path> FOLDERS =
                List.of(Path.of("src", "it", "web"), Path.of("webapp", "js"), Path.of("target", "front-end", "lib"));

        static void serve(ServletContext context) {
            context.addServlet("files", new PageFiles()).addMapping("/files/*");
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String name = request.getPathInfo().substring(1);
            Path file = FOLDERS.stream()
                    .map(folder -> folder.resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new IOException(name + " is missing"));
            response.setContentType(
                    name.endsWith(".html") ? "text/html; charset=UTF-8" : "text/javascript; charset=UTF-8");
            Files.copy(file, response.getOutputStream());
        }
    }
}
