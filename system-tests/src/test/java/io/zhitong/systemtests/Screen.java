package io.zhitong.systemtests;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The console in a real browser (真实浏览器中的控制台): a Chinese Chromium of 1366×768 that reaches this machine only. */
final class Screen implements AutoCloseable {
    static final String CHROMIUM = "/usr/bin/chromium";
    static final String DRIVER = "/usr/bin/chromedriver";
    static final int PHONE = 390;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> GRAVE = List.of("serious", "critical");
    private static final String AXE = axe();
    private static final String SEARCH = """
            const done = arguments[2], grave = arguments[0], rules = arguments[1];
            const which = rules.length ? {runOnly: {type: 'rule', values: rules}} : {};
            axe.run(document, {resultTypes: ['violations'], ...which}).then(
                found => done(found.violations.filter(rule => grave.includes(rule.impact)).flatMap(
                    rule => rule.nodes.map(node => rule.id + ' ' + node.html + ' ' + node.failureSummary))),
                problem => done(['the search itself failed: ' + problem]));""";

    private static final String WATCH = """
            const css = arguments[0];
            window.seen = [];
            const look = () => document.querySelectorAll(css).forEach(found => window.seen.push(found.innerText));
            new MutationObserver(look).observe(document.body, {attributes: true, childList: true, subtree: true});""";

    private final String url;
    private final ChromeDriver driver;

    Screen(String url, Path downloads) {
        this.url = url;
        driver = new ChromeDriver(service(), options(downloads.toAbsolutePath()));
        size(1366, 768);
    }

    /** Leaves the test out, or fails it, where there is no browser. */
    static void needed() {
        Needs.program(CHROMIUM, "chromium");
        Needs.program(DRIVER, "chromium-driver");
    }

    private static ChromeDriverService service() {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(DRIVER).toFile())
                .withEnvironment(Map.of("LANGUAGE", "zh_CN"))
                .withSilent(true)
                .build();
    }

    private static ChromeOptions options(Path downloads) {
        ChromeOptions options = new ChromeOptions();
        // The installer's page has a certificate of its own making, which a person compares by eye.
        options.setAcceptInsecureCerts(true);
        return options.setBinary(CHROMIUM)
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--lang=zh-CN",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-dev-shm-usage",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost")
                .setExperimentalOption(
                        "prefs",
                        Map.of(
                                "download.default_directory",
                                downloads.toString(),
                                "download.prompt_for_download",
                                false));
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setLocaleOverride", Map.of("locale", "zh-CN"));
    }

    /** A path of the console, or another address. */
    void open(String address) {
        driver.get(address.startsWith("/") ? url + address : address);
    }

    void logIn(String user, String password) {
        open("/login");
        type("#username", user);
        type("#password", password);
        click(".card button[type=submit]");
        // The next page asked for would give way to the answer.
        await("an answer to the log-in", () -> !path().equals("/login"));
    }

    void logOut() {
        click("form[action='/logout'] button");
        await("logged out", () -> path().startsWith("/login"));
    }

    String path() {
        return String.valueOf(driver.getCurrentUrl()).replace(url, "");
    }

    String title() {
        return String.valueOf(driver.getTitle());
    }

    /** Clicks when it is there, visible and enabled; parts of pages are replaced all the time. */
    void click(String css) {
        with(css, element -> {
            boolean can = element.isDisplayed() && element.isEnabled();
            if (can) {
                element.click();
            }
            return can;
        });
    }

    /** Clicks the one whose text begins so. */
    void click(String css, String text) {
        await(
                css + " with " + text,
                () -> driver.findElements(By.cssSelector(css)).stream()
                        .filter(element ->
                                element.isDisplayed() && element.getText().startsWith(text))
                        .findFirst()
                        .map(element -> {
                            element.click();
                            return true;
                        })
                        .orElse(false));
    }

    void type(String css, String text) {
        with(css, element -> {
            element.clear();
            element.sendKeys(text);
            return true;
        });
    }

    private void with(String css, java.util.function.Predicate<WebElement> act) {
        await(css, () -> act.test(driver.findElement(By.cssSelector(css))));
    }

    /** The text of the first such element, once there is one that contains the words. */
    String sees(String css, String words) {
        return Await.value(
                () -> css + " with “" + words + "” on " + path(),
                PATIENCE,
                () -> texts(css).stream().filter(text -> text.contains(words)).findFirst());
    }

    /** From now on every text that this element visibly bears is kept, also one that is there for a moment only. */
    void watch(String css) {
        script(WATCH, css);
    }

    /** The watched element has visibly borne the words. */
    void saw(String words) {
        await(
                "“" + words + "” seen",
                () -> String.valueOf(script("return window.seen.join('\\n')")).contains(words));
    }

    boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    void awaits(String css) {
        await(css, () -> has(css));
    }

    /** The visible texts of all such elements. */
    List<String> texts(String css) {
        try {
            return driver.findElements(By.cssSelector(css)).stream()
                    .map(WebElement::getText)
                    .toList();
        } catch (StaleElementReferenceException e) {
            return List.of();
        }
    }

    private void await(String what, java.util.function.BooleanSupplier so) {
        Await.until(what + " on " + path(), PATIENCE, () -> {
            try {
                return so.getAsBoolean();
            } catch (WebDriverException e) {
                return false; // replaced meanwhile, covered, or not there yet
            }
        });
    }

    Object script(String javaScript, Object... arguments) {
        return Optional.<Object>ofNullable(driver.executeScript(javaScript, arguments))
                .orElse("");
    }

    /** What the server answers to a path for this user: status and nothing else. */
    int status(String path) {
        Object status = driver.executeAsyncScript(
                "const done = arguments[1]; fetch(arguments[0]).then(r => done(r.status), e => done(-1));", path);
        return ((Number) Optional.ofNullable(status).orElse(-1)).intValue();
    }

    /** A tab of its own, the first size; the browser is then in it. */
    String newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        size(1366, 768);
        return tab();
    }

    String tab() {
        return driver.getWindowHandle();
    }

    void toTab(String tab) {
        driver.switchTo().window(tab);
    }

    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** What a screen reader's or a colour-blind user would stumble over, grave things only, each with its element. */
    List<String> barriers() {
        return barriers(List.of());
    }

    /** What is wrong with the page at this address: barriers by light and in the dark, and wider than a phone. */
    List<String> judged(String address) {
        List<String> found = new ArrayList<>();
        open(address);
        barriers().forEach(barrier -> found.add(address + " " + barrier));
        size(PHONE, 844);
        long width = (Long) script("return document.documentElement.scrollWidth");
        if (width > PHONE) {
            found.add(address + " is " + width + " wide");
        }
        size(1366, 768);
        theme("dark");
        open(address);
        paleColours().forEach(barrier -> found.add(address + " dark " + barrier));
        theme("light");
        return found;
    }

    void theme(String theme) {
        script("localStorage.setItem('theme', arguments[0])", theme);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** Only colours that are too close to each other. */
    List<String> paleColours() {
        return barriers(List.of("color-contrast"));
    }

    private List<String> barriers(List<String> rules) {
        driver.executeScript(AXE);
        Object found = driver.executeAsyncScript(SEARCH, GRAVE, rules);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of("no answer");
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(AxeBuilder.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
