package io.zhitong.zt.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A console that answers as docs/keys.md says; what a running backend answers is tested there. */
class KeyQuestionsTest {
    private static final String ROTATION = """
            [{"usage":"DPK","chinese":"消费密钥DPK","done":false,"cardsBehind":7,"samsBehind":1,"versions":[
               {"key":"DPK/1","version":1,"state":"retired","stateChinese":"停发","kcv":"CMAC 52FC10","newest":false,
                "cards":7,"sams":2},
               {"key":"DPK/2","version":2,"state":"active","stateChinese":"使用中","kcv":"CMAC 01ABCD","newest":true,
                "cards":3,"sams":1}]},
             {"usage":"DTK","chinese":"TAC密钥DTK","done":true,"cardsBehind":0,"samsBehind":0,"versions":[]}]""";

    private static final String BLAST = """
            {"what":"PSAM 00004403990000000043","reach":"whoever opens it has the masters","reachChinese":"须轮换",
             "keys":["DPK/1:4403ff0000000000"],"cards":12,"terminals":["PSAM 00004403990000000044 440300000044"],
             "fastDoors":[],"fastDoorsWithoutSam":[]}""";

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(folder.resolve("password"), "geheim 1\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        String path = exchange.getRequestURI().getPath();
        boolean post = exchange.getRequestMethod().equals("POST");
        if (post) {
            boolean right = body.equals("username=admin&password=geheim+1")
                    && "t0ken".equals(exchange.getRequestHeaders().getFirst("X-CSRF-TOKEN"));
            exchange.getResponseHeaders().add("Location", right ? "/" : "/login?error");
            send(exchange, 302, "");
        } else if (path.equals("/login")) {
            send(exchange, 200, "<meta name=\"csrf-token\" content=\"t0ken\">");
        } else if (path.equals("/keys/rotation.json")) {
            send(exchange, 200, ROTATION);
        } else {
            boolean known = exchange.getRequestURI().getRawQuery().contains("0043")
                    || exchange.getRequestURI().getRawQuery().startsWith("key=");
            send(exchange, known ? 200 : 404, BLAST);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void rotation_shows_versions_and_ends_with_1_while_cards_or_terminals_wait() {
        assertEquals(1, run(new RotationCommand(), "admin"));
        assertTrue(out.contains("DPK 消费密钥DPK: waiting 待更换: 7 cards 卡, 1 SAMs"), out);
        assertTrue(out.lines().anyMatch(line -> line.matches("  \\* DPK/2 .*使用中.*cards 卡 3, SAMs 1")), out);
        assertTrue(out.contains("DTK TAC密钥DTK: done 已完成"), out);
        assertEquals(1, run(new RotationCommand(), "admin", "--open"));
        assertFalse(out.contains("DTK"), out);
    }

    @Test
    void blast_radius_is_asked_of_one_thing() {
        assertEquals(0, run(new BlastCommand(), "admin", "--psam", "00004403990000000043"));
        assertTrue(out.contains("DPK/1:4403ff0000000000") && out.contains("cards 卡: 12"), out);
        assertEquals(0, run(new BlastCommand(), "admin", "--mother-card", "DPK/1:4403ff0000000000"));
        assertEquals("GET /keys/blast.json?key=DPK%2F1%3A4403ff0000000000 ", asked.get(asked.size() - 1));
        assertEquals(1, run(new BlastCommand(), "admin", "--card", "4403000100000001"));
        assertTrue(err.contains("查无记录"), err);
        assertEquals(2, run(new BlastCommand(), "admin"));
        assertEquals(2, run(new BlastCommand(), "admin", "--card", "1", "--psam", "2"));
    }

    @Test
    void wrong_password_and_missing_console_are_told_and_the_password_is_not() {
        assertEquals(1, run(new RotationCommand(), "somebody"));
        assertTrue(err.contains("登录失败"), err);
        server.stop(0);
        assertEquals(3, run(new RotationCommand(), "admin"));
        assertFalse(err.contains("geheim"), err);
    }

    private int run(ZtCommand command, String user, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--console",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "--user",
                user,
                "--password-file",
                folder.resolve("password").toString()));
        arguments.addAll(List.of(more));
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(errors));
        int status = line.execute(arguments.toArray(new String[0]));
        out = text.toString();
        err = errors.toString();
        return status;
    }
}
