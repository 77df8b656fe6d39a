package io.zhitong.edge.installer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.zhitong.machinetls.PrivateFiles;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The installer's page over TLS (安装页面服务), docs/installing-controllers.md. Nothing is shown before the one-time code, everything that
 * changes something is a POST from this page itself.
 */
public final class InstallerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InstallerServer.class);
    private static final int MOST_BODY = 4_096;
    private static final int OK = 200;
    private static final int SEE_OTHER = 303;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String COOKIE = "zhitong-installer=";
    private static final String HTML = "text/html; charset=utf-8";
    private static final Map<String, String> FILES =
            Map.of("/installer.css", "text/css", "/installer.js", "text/javascript");

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "installer");
        thread.setDaemon(true);
        return thread;
    });
    private final DeviceDesk desk;
    private final AccessCode code;
    private final RecentLog log = RecentLog.begin();
    private final Clock clock;

    private InstallerServer(HttpsServer server, DeviceDesk desk, AccessCode code, Clock clock) {
        this.server = server;
        this.desk = desk;
        this.code = code;
        this.clock = clock;
    }

    /**
     * Listens.
     *
     * @param codeFile where the code and the certificate's fingerprint are written, mode 0600
     * @throws IOException if the port is taken or the file cannot be written
     */
    public static InstallerServer start(InstallerSection section, DeviceDesk desk, Path codeFile, Clock clock)
            throws IOException {
        // A client that sends its request byte by byte must not hold a thread for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
        System.setProperty("sun.net.httpserver.maxRspTime", "20");
        InstallerTls tls = InstallerTls.make(clock.instant());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(section.address(), section.port()), 8);
        AccessCode code = new AccessCode(
                RandomSource.secure(),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                digits -> PrivateFiles.write(
                        codeFile, "code " + digits + "\ncertificate SHA-256 " + tls.fingerprint() + "\n"));
        InstallerServer page = new InstallerServer(server, desk, code, clock);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.setExecutor(page.threads);
        server.createContext("/", page::answer);
        server.start();
        LOG.info("installer's page on port {}, code in {}", page.port(), codeFile.getFileName());
        return page;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The edge to whoever asks: what goes wrong is the log's. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set(
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self';"
                            + " base-uri 'none'; frame-ancestors 'none'");
            headers.set("X-Content-Type-Options", "nosniff");
            // With no-referrer a browser says of its own forms that they come from nowhere, and they would be foreign.
            headers.set("Referrer-Policy", "same-origin");
            headers.set("Cache-Control", "no-store");
            route(exchange);
        } catch (RuntimeException e) {
            LOG.error("the installer's page failed", e);
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        InstallerPages pages =
                new InstallerPages("lang=en".equals(exchange.getRequestURI().getQuery()));
        boolean post = exchange.getRequestMethod().equals("POST");
        if (FILES.containsKey(path)) {
            file(exchange, path);
        } else if (post && foreign(exchange)) {
            say(exchange, FORBIDDEN, pages.login(true));
        } else if (post && path.equals("/login")) {
            login(exchange, pages);
        } else if (!code.valid(cookie(exchange))) {
            say(exchange, path.equals("/") ? OK : FORBIDDEN, pages.login(false));
        } else if (post) {
            act(exchange, path);
        } else {
            show(exchange, path, pages);
        }
    }

    private void show(HttpExchange exchange, String path, InstallerPages pages) throws IOException {
        switch (path) {
            case "/" -> say(exchange, OK, pages.overview(desk));
            case "/live" -> say(exchange, OK, pages.live(desk.workbench()));
            case "/report" ->
                say(exchange, OK, pages.report(desk, clock.instant().toString()));
            case "/log" -> say(exchange, OK, pages.log(log.lines()));
            default -> say(exchange, NOT_FOUND, pages.overview(desk));
        }
    }

    private void act(HttpExchange exchange, String path) throws IOException {
        String body = body(exchange);
        switch (path) {
            case "/click" ->
                field(body, "point")
                        .filter(text -> text.matches("\\d{1,5}"))
                        .map(Integer::parseInt)
                        .ifPresent(this::click);
            case "/enrol" ->
                field(body, "token").filter(token -> !desk.enrolled()).ifPresent(desk::enrol);
            case "/logout" -> code.logout();
            default -> LOG.warn("nothing is posted to that path of the installer's page");
        }
        back(exchange);
    }

    private void click(int point) {
        LOG.info("the installer releases point {}", point);
        desk.workbench().click(point);
    }

    private void login(HttpExchange exchange, InstallerPages pages) throws IOException {
        Optional<String> session = field(body(exchange), "code").flatMap(code::login);
        if (session.isEmpty()) {
            LOG.warn("wrong code at the installer's page");
            say(exchange, FORBIDDEN, pages.login(true));
            return;
        }
        LOG.info("an installer has logged in");
        exchange.getResponseHeaders()
                .set("Set-Cookie", COOKIE + session.get() + "; Path=/; HttpOnly; Secure; SameSite=Strict");
        back(exchange);
    }

    /** A browser says from which page a form comes; what is not a browser has no cookie to be stolen. */
    private static boolean foreign(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        String host = exchange.getRequestHeaders().getFirst("Host");
        return origin != null && !origin.equals("https://" + host);
    }

    private static String cookie(HttpExchange exchange) {
        String all = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Cookie"), "");
        int at = all.indexOf(COOKIE);
        return at < 0 ? "" : all.substring(at + COOKIE.length()).split(";", 2)[0];
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(MOST_BODY), StandardCharsets.UTF_8);
    }

    private static Optional<String> field(String body, String name) {
        for (String pair : body.split("&")) {
            if (pair.startsWith(name + "=")) {
                try {
                    return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void file(HttpExchange exchange, String path) throws IOException {
        try (InputStream in = Objects.requireNonNull(InstallerServer.class.getResourceAsStream(path.substring(1)))) {
            exchange.getResponseHeaders().set("Content-Type", FILES.get(path));
            byte[] bytes = in.readAllBytes();
            exchange.sendResponseHeaders(OK, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void say(HttpExchange exchange, int status, String html) throws IOException {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", HTML);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void back(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        exchange.getResponseHeaders().set("Location", "lang=en".equals(query) ? "/?lang=en" : "/");
        exchange.sendResponseHeaders(SEE_OTHER, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        log.end();
    }
}
