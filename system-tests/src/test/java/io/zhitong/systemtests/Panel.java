package io.zhitong.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The building's side of a controller's wires (接线端子): contacts that the test opens and closes. Written from docs/controller.md
 * alone, shares no code with the product. Thread-safe.
 */
final class Panel implements AutoCloseable {
    static final int CLOSED = 0;
    static final int OPEN = 1_000_000;
    /** A supervised line at rest, with its contact closed, and cut through. */
    static final int RESTING = 3_200;

    static final int CALLING = 1_000;
    static final int CUT = 1_000_000;

    private final ServerSocket listener;
    private final Map<Integer, Integer> inputs = new TreeMap<>();
    private final List<Socket> controllers = new CopyOnWriteArrayList<>();

    Panel() {
        try {
            listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** As a controller's file names it. */
    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket controller = listener.accept();
                controller.setTcpNoDelay(true);
                synchronized (this) {
                    controllers.add(controller);
                    inputs.forEach((terminal, ohms) -> say(controller, terminal, ohms));
                }
                start(() -> listen(controller));
            } catch (IOException e) {
                continue; // closed
            }
        }
    }

    private void listen(Socket controller) {
        try (controller;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(controller.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.matches("watch [0-9]+|feed|set [0-9]+ [01]( [0-9]+)?")) {
                    throw new IOException("the controller said " + line);
                }
            }
        } catch (IOException e) {
            controllers.remove(controller);
        }
    }

    /** From now on this terminal reads so. */
    synchronized void turn(int terminal, int ohms) {
        inputs.put(terminal, ohms);
        controllers.forEach(controller -> say(controller, terminal, ohms));
    }

    private void say(Socket controller, int terminal, int ohms) {
        try {
            OutputStream out = controller.getOutputStream();
            out.write(("is " + terminal + " " + ohms + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            controllers.remove(controller);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "panel");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket each : controllers) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
