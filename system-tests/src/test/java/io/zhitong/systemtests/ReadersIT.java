package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardreaders.InProcessReader;
import io.zhitong.cardreaders.PcscReader;
import io.zhitong.cardreaders.SmartcardioReader;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.cardspec.CardException;
import io.zhitong.cos.Card;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.systemtests.SmartcardioConformance.WorldHands;
import io.zhitong.virtualcard.CardFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** All four kinds of readers against the same cards, and pcscd restarted under one of them. */
@ResourceLock(PcscWorld.PCSCD)
final class ReadersIT {
    private static final String PCSC = PcscWorld.READERS.get(0);

    private final Path folder = Folders.fresh("readers");
    private PcscWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new PcscWorld(folder);
        world.hands().newCard("x", "blank");
        world.hands().newCard("y", "blank");
    }

    @AfterEach
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    private ReaderConformance.Hands hands() {
        return new WorldHands(world.hands(), "one");
    }

    @Test
    void reader_in_this_process_conforms() throws IOException {
        InProcessReader reader = new InProcessReader("here");
        Path cards = Files.createDirectories(folder.resolve("here"));
        assertEquals(List.of(), new ReaderConformance(reader, new HandsHere(reader, cards)).findings());
    }

    @Test
    void reader_over_tcp_conforms() {
        try (TcpReader reader = new TcpReader(world.driver(), "one")) {
            assertEquals(List.of(), new ReaderConformance(reader, hands()).findings());
        }
    }

    @Test
    void reader_by_libpcsclite_conforms() {
        try (PcscReader reader = PcscReader.named(PCSC)) {
            assertEquals(List.of(), new ReaderConformance(reader, hands()).findings());
        }
    }

    @Test
    void reader_by_the_classes_of_java_conforms() {
        Shell.Result told = Shell.run(
                Duration.ofSeconds(60),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmartcardioConformance.class.getName(),
                String.valueOf(world.driver().getPort()),
                "one",
                PCSC);
        assertEquals("conforms", told.text().strip());
    }

    @Test
    void reader_that_answers_for_a_card_that_left_is_found() {
        try (TcpReader reader = new TcpReader(world.driver(), "one")) {
            List<String> findings = new ReaderConformance(new Ghost(reader), hands()).findings();
            assertTrue(
                    findings.stream().anyMatch(f -> f.contains("expected no answer of a ghost")), findings.toString());
        }
    }

    @Test
    void reader_survives_a_restart_of_pcscd() throws Exception {
        world.lay("x", 0);
        try (PcscReader reader = PcscReader.named(PCSC)) {
            Await.until("the card", Duration.ofSeconds(10), reader::cardPresent);
            CardSession before = reader.connect();
            assertEquals("6a82", Hex.of(before.transceive(Hex.parse("00B0950001"))));
            world.stopPcscd();
            long began = System.nanoTime();
            CardException dead = assertThrows(CardException.class, () -> before.transceive(Hex.parse("00B0950001")));
            assertEquals(CardException.Reason.READER_FAILED, dead.reason(), dead.getMessage());
            assertThrows(CardException.class, reader::cardPresent);
            assertThrows(CardException.class, reader::connect);
            assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(5), "nobody hangs on a dead service");
            world.startPcscd();
            assertThrows(CardException.class, () -> before.transceive(Hex.parse("00B0950001")), "the session is over");
            Await.until("the card after the restart", Duration.ofSeconds(10), () -> present(reader));
            try (CardSession after = reader.connect()) {
                assertEquals("6a82", Hex.of(after.transceive(Hex.parse("00B0950001"))));
            }
        }
    }

    /** The only test of this process that uses them: afterwards they are of no use here any more. */
    @Test
    void classes_of_java_do_not_survive_a_restart_and_say_what_to_do() throws IOException {
        world.lay("x", 0);
        try (SmartcardioReader reader = SmartcardioReader.named(PCSC)) {
            Await.until("the card", Duration.ofSeconds(10), () -> present(reader));
            world.stopPcscd();
            world.startPcscd();
            for (int i = 0; i < 3; i++) {
                CardException failed = assertThrows(CardException.class, reader::connect);
                assertEquals(CardException.Reason.READER_FAILED, failed.reason());
                assertTrue(failed.getMessage().endsWith("restart this program"), failed.getMessage());
            }
        }
    }

    @Test
    void thread_that_waits_for_a_card_hears_of_a_pcscd_that_ends() throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try (PcscReader reader = PcscReader.named(PCSC)) {
            assertEquals(false, reader.cardPresent());
            Future<Boolean> seen = waiting.submit(() -> reader.awaitChange(false, Duration.ofSeconds(60)));
            assertThrows(java.util.concurrent.TimeoutException.class, () -> seen.get(300, TimeUnit.MILLISECONDS));
            world.stopPcscd();
            Exception ended =
                    assertThrows(java.util.concurrent.ExecutionException.class, () -> seen.get(10, TimeUnit.SECONDS));
            assertTrue(ended.getCause() instanceof CardException, String.valueOf(ended.getCause()));
        } finally {
            waiting.shutdownNow();
        }
    }

    private static boolean present(CardReader reader) {
        try {
            return reader.cardPresent();
        } catch (CardException notYet) {
            return false;
        }
    }

    /** Cards as objects of this process. */
    private record HandsHere(InProcessReader reader, Path cards) implements ReaderConformance.Hands {
        @Override
        public void lay(String name) {
            Card card = open(cards.resolve(name + ".card"));
            reader.lay(new InProcessReader.LocalCard() {
                @Override
                public byte[] reset() {
                    return card.reset();
                }

                @Override
                public byte[] process(byte[] apdu) {
                    return card.process(apdu);
                }
            });
        }

        private static Card open(Path file) {
            try (SecretBytes none = SecretBytes.takeOver(new byte[16])) {
                return new Card(
                        Files.exists(file)
                                ? CardFileStore.open(file)
                                : CardFileStore.make(file, CardProfile.BLANK, none),
                        RandomSource.secure());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void take() {
            reader.take();
        }
    }

    /** Planted: gives the last answer again when the card has left. */
    private record Ghost(CardReader reader) implements CardReader {
        @Override
        public String name() {
            return reader.name();
        }

        @Override
        public boolean cardPresent() {
            return reader.cardPresent();
        }

        @Override
        public boolean awaitChange(boolean known, Duration timeout) {
            return reader.awaitChange(known, timeout);
        }

        @Override
        public CardSession connect() {
            CardSession real = reader.connect();
            return new CardSession() {
                private byte[] last = {};

                @Override
                public byte[] transceive(byte[] apdu) {
                    try {
                        last = real.transceive(apdu);
                    } catch (CardException left) {
                        return last;
                    }
                    return last;
                }

                @Override
                public byte[] ats() {
                    return real.ats();
                }

                @Override
                public void close() {
                    real.close();
                }
            };
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
