package io.zhitong.controller.camera;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * A camera that gives a picture of now for a GET over HTTP (HTTP 抓拍), in the installation's own network: the host is an address of
 * loopback, of a private network or link-local. No redirect is followed, no proxy asked, no more than {@value Camera#LARGEST} bytes read.
 */
public final class HttpCamera implements Camera {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int PIECE = 16_384;
    private static final int OK = 200;

    private final URI address;
    private final Optional<String> login;
    private final Duration patience;

    /**
     * @param login {@code user:password} for basic authentication
     * @throws IllegalArgumentException if it is no such address
     */
    public HttpCamera(URI address, Optional<String> login) {
        this(address, login, PATIENCE);
    }

    HttpCamera(URI address, Optional<String> login, Duration patience) {
        if (!"http".equals(address.getScheme()) || address.getUserInfo() != null || !near(address)) {
            throw new IllegalArgumentException("expected http:// and a numeric address of the own network");
        }
        this.address = address;
        this.login = login;
        this.patience = patience;
    }

    /** Only numbers: a name would be asked of others each time. */
    private static boolean near(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        if (!host.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+]")) {
            return false;
        }
        try {
            InetAddress told = InetAddress.getByName(host);
            boolean unique = told instanceof Inet6Address && (told.getAddress()[0] & 0xFE) == 0xFC;
            return unique || told.isLoopbackAddress() || told.isSiteLocalAddress() || told.isLinkLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public byte[] take() {
        long end = System.nanoTime() + patience.toNanos();
        try {
            HttpURLConnection line = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            try {
                return answer(line, end);
            } finally {
                line.disconnect();
            }
        } catch (IOException e) {
            throw new CameraException(CameraFault.NO_ANSWER, e);
        }
    }

    private byte[] answer(HttpURLConnection line, long end) throws IOException {
        line.setInstanceFollowRedirects(false);
        line.setUseCaches(false);
        line.setConnectTimeout((int) patience.toMillis());
        line.setReadTimeout((int) patience.toMillis());
        line.setRequestProperty("Connection", "close");
        login.ifPresent(word -> line.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8))));
        if (line.getResponseCode() != OK) {
            throw new CameraException(CameraFault.REFUSED);
        }
        try (InputStream in = line.getInputStream()) {
            return read(in, end);
        }
    }

    /** A camera that drips is one that does not answer. */
    private static byte[] read(InputStream in, long end) throws IOException {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        int got = in.read(piece);
        while (got >= 0) {
            picture.write(piece, 0, got);
            if (picture.size() > LARGEST) {
                throw new CameraException(CameraFault.TOO_LARGE);
            }
            if (System.nanoTime() > end) {
                throw new CameraException(CameraFault.NO_ANSWER);
            }
            got = in.read(piece);
        }
        return picture.toByteArray();
    }
}
