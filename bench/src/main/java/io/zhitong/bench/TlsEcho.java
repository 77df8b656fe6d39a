package io.zhitong.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A server that sends back what it gets, and its one client, over mutual TLS (TLS 回显). */
final class TlsEcho implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSocket listener;
    private final SSLSocket client;
    private final byte[] message;

    TlsEcho(MachineEstate estate, int length) {
        message = new byte[length];
        try {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread server = new Thread(() -> serve(estate), "echo");
            server.setDaemon(true);
            server.start();
            var address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
            client = estate.door().connect(address, PATIENCE);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(MachineEstate estate) {
        try (Socket plain = listener.accept()) {
            plain.setTcpNoDelay(true);
            var socket = estate.backend().accepted(plain);
            var in = new DataInputStream(socket.getInputStream());
            byte[] got = new byte[message.length];
            while (true) {
                in.readFully(got);
                socket.getOutputStream().write(got);
                socket.getOutputStream().flush();
            }
        } catch (IOException ended) {
            Thread.currentThread().interrupt();
        }
    }

    byte[] roundTrip() {
        try {
            client.getOutputStream().write(message);
            client.getOutputStream().flush();
            byte[] back = client.getInputStream().readNBytes(message.length);
            if (back.length != message.length) {
                throw new IllegalStateException("the echo ended");
            }
            return back;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
