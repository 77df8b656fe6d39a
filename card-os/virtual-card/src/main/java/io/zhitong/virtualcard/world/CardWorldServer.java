package io.zhitong.virtualcard.world;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.smcrypto.MalformedInput;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The card world behind its ports (虚拟卡世界服务): the reader driver, and two slots of a vpcd if asked for. */
public final class CardWorldServer implements AutoCloseable {
    private final List<ConnectionServer> servers = new ArrayList<>();
    private final List<Vpcd> slots = new ArrayList<>();
    private final LineLog relays;
    private final LineLog words;
    private final CardWorld world;
    private final WorldRequests requests;

    /**
     * What to serve.
     *
     * @param port of the reader driver; 0 takes a free one
     * @param vpcdPort where pcscd's vpcd listens (35963 as Debian installs it), slot 1 on the next: the first two readers
     * @param readers names, in this order
     * @param transportKey read whenever a card is made that needs it
     */
    public record Settings(
            Path directory, int port, Optional<Integer> vpcdPort, List<String> readers, Optional<Path> transportKey) {
        public Settings {
            if (vpcdPort.isPresent() && readers.size() < 2) {
                throw new IllegalArgumentException("expected at least two readers for the two slots of vpcd");
            }
            readers = List.copyOf(readers);
        }
    }

    /**
     * Opens the cards and listens.
     *
     * @throws IOException if files or ports cannot be used
     */
    public CardWorldServer(Settings settings, InstantSource clock) throws IOException {
        this.world = new CardWorld(settings.directory(), settings.readers(), settings.transportKey());
        this.relays = new LineLog(settings.directory().resolve("relays.jsonl"));
        this.words = new LineLog(settings.directory().resolve("words.jsonl"));
        this.requests = new WorldRequests(world, relays, words, clock);
        try {
            servers.add(new ConnectionServer("reader-driver", settings.port(), this::serve));
            settings.vpcdPort().ifPresent(port -> startVpcd(settings, port));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void startVpcd(Settings settings, int port) {
        for (int slot = 0; slot < 2; slot++) {
            slots.add(new Vpcd(world.reader(settings.readers().get(slot)), port + slot));
        }
    }

    /** Port of the reader driver. */
    public int port() {
        return servers.get(0).port();
    }

    private void serve(Socket socket) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        ReaderConnection connection = new ReaderConnection(world, requests);
        try {
            while (true) {
                connection.handle(ReaderFrame.read(in)).write(out);
            }
        } catch (MalformedInput e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Vpcd slot : slots) {
            slot.close();
        }
        for (ConnectionServer server : servers) {
            server.close();
        }
        relays.close();
        words.close();
    }
}
