package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.chip.FedRandom;
import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.cos.file.RecordFile;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** A card on the bench: frames in hex, upper case, spaces allowed. */
final class Bench {
    static final ChipIdentity CHIP = new ChipIdentity(Hex.parse("4403010112345678"), Hex.parse("08a1b2c3"));
    static final byte[] BATCH_KEY = Hex.parse("00112233445566778899aabbccddeeff");

    private Card card;

    private Bench(Card card) {
        this.card = card;
    }

    static Bench of(CardProfile profile, RandomSource random) {
        Nvm nvm = Nvm.inMemory(profile.memory());
        CardBirth.of(nvm, profile, CHIP, SecretBytes.copyOf(BATCH_KEY));
        return new Bench(new Card(nvm, random));
    }

    static Bench blank() {
        return of(CardProfile.BLANK, seeded(1));
    }

    static Bench blank(NvmGeometry shape) {
        return of(CardProfile.BLANK.withMemory(shape), seeded(1));
    }

    static Bench on(Nvm nvm, RandomSource random) {
        return new Bench(new Card(nvm, random));
    }

    static RandomSource seeded(long seed) {
        Random random = new Random(seed);
        return n -> {
            byte[] out = new byte[n];
            random.nextBytes(out);
            return out;
        };
    }

    /** The same memory under another source of randomness. */
    Bench feeding(String hex) {
        return new Bench(new Card(card.nvm(), new FedRandom(Hex.parse(hex))));
    }

    Card card() {
        return card;
    }

    Bench reset() {
        card.reset();
        return this;
    }

    String send(String frame) {
        byte[] answer = card.process(Hex.parse(frame.replace(" ", "").toLowerCase(Locale.ROOT)));
        return Hex.of(answer).toUpperCase(Locale.ROOT);
    }

    /** Sends and expects 9000; answers the data. */
    String ok(String frame) {
        String answer = send(frame);
        assertEquals("9000", answer.substring(answer.length() - 4), frame);
        return answer.substring(0, answer.length() - 4);
    }

    Bench expect(String frame, String answer) {
        assertEquals(answer.replace(" ", ""), send(frame), frame);
        return this;
    }

    /** Fetches a challenge of n bytes and answers the frame header ‖ Lc ‖ data ‖ MAC4 under the key. */
    String macFrame(String key, int n, String header, String data) {
        byte[] challenge = Hex.parse(ok("00840000" + String.format("%02X", n)));
        byte[] body = Hex.parse(data);
        byte[] mac = SecureMessaging.commandMac(CardAlgorithm.SM4, Hex.parse(key), challenge, Hex.parse(header), body);
        byte[] all = Arrays.copyOf(body, body.length + 4);
        System.arraycopy(mac, 0, all, body.length, 4);
        return header + String.format("%02X", all.length) + Hex.of(all);
    }

    /** As {@link #macFrame}, the data encrypted first, with a challenge of 16 bytes. */
    String sealedFrame(String key, String header, String data) {
        byte[] sealed = SecureMessaging.encrypt(CardAlgorithm.SM4, Hex.parse(key), Hex.parse(data));
        return macFrame(key, 16, header, Hex.of(sealed));
    }

    /** Fetches a challenge of 16 and answers EXTERNAL AUTHENTICATE with key 00. */
    String authenticateFrame(String key) {
        byte[] challenge = Hex.parse(ok("0084000010"));
        return "0082000010" + Hex.of(Sm4.encryptBlock(Hex.parse(key), challenge));
    }

    /** Everything the card keeps, in words: files with their conditions and content, DF by DF. */
    String dump() {
        JournalledMemory memory = new JournalledMemory(card.nvm().copy(), Card.JOURNAL);
        FileSystem files = new FileSystem(memory);
        StringBuilder out = new StringBuilder(Hex.of(memory.read(0, 16))).append('\n');
        dump(files, files.mf(), out);
        return out.toString();
    }

    private static void dump(FileSystem files, CardFile df, StringBuilder out) {
        out.append("DF ").append(Hex.of(files.name(df))).append(' ').append(df.state());
        out.append(' ').append(df.unblocksLeft()).append('\n');
        for (CardFile file : files.children(df)) {
            out.append(String.format(
                    "%s %04X %02X %02X %02X %d ",
                    file.kind(), file.fid(), file.readRule(), file.writeRule(), file.flags(), file.size()));
            if (file.kind() == FileKind.DIRECTORY) {
                dump(files, file, out);
            } else if (file.kind().hasRecords()) {
                RecordFile records = new RecordFile(file);
                for (int n = 1; n <= records.count(); n++) {
                    out.append(Hex.of(records.read(n))).append(' ');
                }
            } else {
                out.append(Hex.of(file.read(0, file.size())));
            }
            out.append('\n');
        }
    }

    /** What cuts of the power leave: unblocking tries of the purse application that were spent and never compared. */
    void spendUnblocks(int times) {
        JournalledMemory memory = new JournalledMemory(card.nvm(), Card.JOURNAL);
        CardFile df = new FileSystem(memory, card.profile().purseRoom())
                .byName(Hex.parse("A00000000386980701"))
                .orElseThrow();
        for (int i = 0; i < times; i++) {
            df.spendUnblock();
        }
        memory.commit();
        reset();
    }

    /** A state that no command leads to: balance, sequences of a purse of the application just made. */
    void setPurse(int fid, long balance, int online, int offline, int overdraft) {
        JournalledMemory memory = new JournalledMemory(card.nvm(), Card.JOURNAL);
        FileSystem files = new FileSystem(memory);
        CardFile df = files.byName(Hex.parse("A00000000386980701")).orElseThrow();
        files.child(df, fid)
                .orElseThrow()
                .write(
                        0,
                        new ByteWriter()
                                .u32(balance)
                                .u16(online)
                                .u16(offline)
                                .u24(overdraft)
                                .toByteArray());
        memory.commit();
        reset();
    }
}
