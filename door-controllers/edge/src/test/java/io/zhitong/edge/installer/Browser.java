package io.zhitong.edge.installer;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Somebody with a browser who compares the fingerprint with the one beside the code, and keeps cookies. */
public final class Browser {

    private final int port;
    private final Path codeFile;
    private final HttpClient client;
    private String cookie = "";

    public Browser(int port, Path codeFile) throws GeneralSecurityException {
        this.port = port;
        this.codeFile = codeFile;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Compared()}, null);
        client = HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private String written(String label) throws IOException {
        return Files.readAllLines(codeFile).stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    public String code() throws IOException {
        return written("code");
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    public HttpResponse<String> post(String path, String field, String value) throws IOException, InterruptedException {
        return post(path, field, value, "https://127.0.0.1:" + port);
    }

    HttpResponse<String> post(String path, String field, String value, String origin)
            throws IOException, InterruptedException {
        String body = field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return send(
                HttpRequest.newBuilder().header("Origin", origin).POST(HttpRequest.BodyPublishers.ofString(body)),
                path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request.uri(URI.create("https://127.0.0.1:" + port + path))
                        .header("Cookie", cookie)
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
        return answer;
    }

    public HttpResponse<String> login() throws IOException, InterruptedException {
        return post("/login", "code", code());
    }

    private final class Compared extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                String shown = HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
                if (!shown.equals(written("certificate SHA-256"))) {
                    throw new CertificateException("another fingerprint: " + shown);
                }
            } catch (GeneralSecurityException | IOException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
