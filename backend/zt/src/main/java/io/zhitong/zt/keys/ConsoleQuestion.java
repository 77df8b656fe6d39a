package io.zhitong.zt.keys;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import java.io.Console;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One question to a running console (控制台查询): logs in as a person does, asks, and forgets the session. The password comes
 * from a file or from the terminal, never from the command line.
 */
final class ConsoleQuestion {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int NO_SUCH = 404;
    private static final int WRONG = 400;
    private static final int OK = 200;
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" content=\"([^\"]+)\"");

    @Option(names = "--console", required = true, paramLabel = "URL", description = "the console's address 控制台地址")
    private URI console = URI.create("https://localhost");

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "an administrator 管理员")
    private String user = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "file with the password; without it it is typed 口令文件")
    private Optional<Path> passwordFile = Optional.empty();

    /**
     * The answer to a path of the console.
     *
     * @throws CommandFailure CHECK_FAILED for what the console does not know, USAGE for a malformed question, ENVIRONMENT for
     *     all else
     */
    JsonNode ask(String path) throws IOException {
        // Made when there is a question: every other command of zt would start for half a second longer.
        HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .connectTimeout(PATIENCE)
                .build();
        logIn(client);
        HttpResponse<String> answer = send(client, request(path).GET().build());
        return switch (answer.statusCode()) {
            case OK -> JsonMapper.shared().readTree(answer.body());
            case NO_SUCH ->
                throw new CommandFailure(ExitStatus.CHECK_FAILED, "the console knows none of that name 查无记录");
            case WRONG ->
                throw new CommandFailure(ExitStatus.USAGE, "the console does not understand the question 参数有误");
            default ->
                throw new CommandFailure(
                        ExitStatus.ENVIRONMENT, "expected an answer, the console said " + answer.statusCode());
        };
    }

    private void logIn(HttpClient client) throws IOException {
        Matcher token =
                TOKEN.matcher(send(client, request("/login").GET().build()).body());
        if (!token.find()) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, "expected the console's log-in page at " + console);
        }
        String form = "username=" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password(), StandardCharsets.UTF_8);
        HttpResponse<String> answer = send(
                client,
                request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-CSRF-TOKEN", token.group(1))
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
        boolean refused =
                answer.headers().firstValue("Location").orElse("/login").contains("/login");
        if (refused) {
            throw new CommandFailure(ExitStatus.CHECK_FAILED, "the console refused this name and password 登录失败");
        }
    }

    private String password() throws IOException {
        if (passwordFile.isPresent()) {
            return Files.readString(passwordFile.get(), StandardCharsets.UTF_8).strip();
        }
        Console terminal = System.console();
        char[] typed = terminal == null ? null : terminal.readPassword("password 口令: ");
        if (typed == null) {
            throw new CommandFailure(ExitStatus.USAGE, "expected --password-file where there is no terminal");
        }
        return new String(typed);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resolve(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, "the console at " + console + " cannot be reached", e);
        }
    }
}
