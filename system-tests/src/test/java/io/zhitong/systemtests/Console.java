package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The console as a person with a browser uses it (控制台): form log-in, cookies, the CSRF token of the page last read. */
final class Console {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" content=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String url;
    private final HttpClient client;
    private String token;

    private Console(String url) {
        this(
                url,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .cookieHandler(new CookieManager())
                        .connectTimeout(PATIENCE)
                        .build(),
                "");
    }

    private Console(String url, HttpClient client, String token) {
        this.url = url;
        this.client = client;
        this.token = token;
    }

    /** The same person with the same cookies and the same page open, at another console of the installation. */
    Console at(String otherUrl) {
        return new Console(otherUrl, client, token);
    }

    /** Where a wrong log-in leads. */
    static String refused(String url, String login) {
        Console console = new Console(url);
        console.get("/login");
        return console.send(console.form("/login", Map.of("username", login, "password", "wrong")))
                .headers()
                .firstValue("Location")
                .orElse("");
    }

    /** Logged in with the demo password. */
    static Console of(String url, String login) {
        Console console = new Console(url);
        console.get("/login");
        HttpResponse<String> answer =
                console.send(console.form("/login", Map.of("username", login, "password", "zhitong-demo")));
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("wrong")) {
            throw new AssertionError("the log-in was answered " + answer.statusCode());
        }
        return console;
    }

    String get(String path) {
        return ok(path, send(request(path).GET().build()));
    }

    byte[] download(String path) {
        HttpResponse<byte[]> answer = exchange(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** The page or fragment that comes back; a redirect is not followed. */
    String post(String path, Map<String, String> fields) {
        return ok(path, send(form(path, fields)));
    }

    /** As {@link #post(String, Map)}, with a body that is encoded already: a field may come twice. */
    String post(String path, String body) {
        return ok(path, send(form(path, body)));
    }

    /** An event stream; the caller closes it. */
    Stream<String> stream(String path) {
        HttpRequest wanted = HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", "text/event-stream")
                .build();
        return exchange(wanted, HttpResponse.BodyHandlers.ofLines()).body();
    }

    /** First group of the first match. */
    static Optional<String> find(String page, String regex) {
        Matcher found = Pattern.compile(regex, Pattern.DOTALL).matcher(page);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static String ok(String path, HttpResponse<String> answer) {
        if (answer.statusCode() != 200 && answer.statusCode() != 302) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ":\n" + answer.body());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).header("Accept", "text/html");
    }

    private HttpRequest form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return form(path, body);
    }

    private HttpRequest form(String path, String body) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-CSRF-TOKEN", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> answer = exchange(request, HttpResponse.BodyHandlers.ofString());
        find(answer.body(), TOKEN.pattern()).ifPresent(found -> token = found);
        return answer;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
